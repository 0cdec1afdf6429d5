export const viewer = {
  title: "",
};
