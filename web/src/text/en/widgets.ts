export const widgets = {
  title: "",
};
