export const painter = {
  title: "",
};
