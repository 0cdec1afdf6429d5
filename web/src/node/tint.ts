/** A family's colour: one of those that frames have, so that dark and light both know it. */
const TINTS: Readonly<Record<string, string>> = {
  files: "sand",
  official: "sand",
  compare: "sand",
  tone: "sky",
  colour: "sky",
  noise: "sage",
  detail: "sage",
  upscale: "sage",
  geometry: "sage",
  masks: "lilac",
  layers: "lilac",
  background: "lilac",
  repair: "rose",
  faces: "rose",
  damage: "rose",
  generate: "rose",
};

export const tintOf = (family: string): string => `var(--frame-${TINTS[family] ?? "sand"})`;
