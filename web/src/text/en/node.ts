export const node = {
  title: "",
};
