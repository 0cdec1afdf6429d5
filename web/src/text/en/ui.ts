export const ui = {
  close: "Close",
  cancel: "Cancel",
  confirm: "OK",
  more: "More",
  percent: (share: number) => `${Math.round(share * 100)} %`,
};
