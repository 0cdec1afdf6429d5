export const restore = {
  title: "",
};
