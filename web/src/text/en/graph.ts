export const graph = {
  title: "",
};
