import {
  BadgeCheck,
  Bandage,
  Box,
  Contrast,
  Crop,
  Focus,
  ImageUpscale,
  Images,
  Layers,
  Palette,
  ScanFace,
  Sparkles,
  SquareDashedMousePointer,
  SquareSplitHorizontal,
  UserRound,
  WandSparkles,
  Zap,
  type LucideIcon,
} from "lucide-react";

const ICONS: Readonly<Record<string, LucideIcon>> = {
  background: UserRound,
  colour: Palette,
  compare: SquareSplitHorizontal,
  damage: Zap,
  detail: Focus,
  faces: ScanFace,
  files: Images,
  generate: WandSparkles,
  geometry: Crop,
  layers: Layers,
  masks: SquareDashedMousePointer,
  noise: Sparkles,
  official: BadgeCheck,
  repair: Bandage,
  tone: Contrast,
  upscale: ImageUpscale,
};

interface FamilyIconProps {
  readonly family: string;
  readonly size?: number;
}

/** What a family of nodes is known by. Families that people add have one in common. */
export function FamilyIcon({ family, size = 16 }: FamilyIconProps) {
  const Icon = ICONS[family] ?? Box;
  return <Icon size={size} aria-hidden />;
}
