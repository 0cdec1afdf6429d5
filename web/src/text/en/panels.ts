export const panels = {
  title: "",
};
