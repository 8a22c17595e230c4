import { mix } from "./color.ts";
import type { Composition } from "./compose-scene.ts";
import { between, createRandom, pick, type Random } from "./random.ts";
import { disc, flat, n, radial } from "./svg.ts";

/** The sun or the moon, and where it stands. */
export function drawOrb(
  { frame, palette, horizon, scene, focus, variant }: Composition,
  random: Random,
): { readonly x: number; readonly drawing: string } {
  const side = Math.min(frame.width, frame.height);
  const low = scene.light === "golden" || scene.light === "morning" || scene.setting === "sea";
  const x = frame.width * pick([0.7, 0.28, 0.5, 0.8, 0.2], variant + (focus.x > frame.width / 2 ? 1 : 0));
  const y =
    palette.dark && scene.setting !== "city"
      ? horizon * between(random, 0.2, 0.42)
      : low
        ? horizon - side * between(random, 0.03, 0.17)
        : horizon * between(random, 0.24, 0.5);
  const radius =
    side *
    (palette.dark ? 0.06 : between(random, 0.08, 0.13)) *
    (scene.features.has("sun") || scene.features.has("moon") || scene.setting === "city" ? 1.5 : 1);
  const halo = `<defs>${radial("orb", [
    [0, palette.glow, 0.75],
    [0.35, palette.glow, 0.3],
    [1, palette.glow, 0],
  ])}</defs>${disc(x, y, radius * 3.6, "url(#orb)")}`;
  const paint = mix(palette.glow, "#fffaf0", palette.dark ? 0.45 : 0.35);
  const crescent = `M${n(x + radius * 0.3)} ${n(y - radius)}a${n(radius)} ${n(radius)} 0 1 0 ${n(radius * 0.7)} ${n(radius * 1.3)}a${n(radius * 0.86)} ${n(radius * 0.86)} 0 0 1 ${n(-radius * 0.7)} ${n(-radius * 1.3)}z`;
  return {
    x,
    drawing: halo + (scene.features.has("moon") ? flat(crescent, paint) : disc(x, y, radius, paint)),
  };
}

export function drawStars({ frame, palette, horizon, scene, seed }: Composition, fine: boolean): string {
  if (!palette.dark && !scene.features.has("stars")) return "";
  const random = createRandom("stars", scene.hash, seed);
  const count = (scene.features.has("stars") ? 150 : 60) * (fine ? 2 : 1);
  return Array.from({ length: count }, (_, index) =>
    disc(
      random() * frame.width,
      random() ** 1.4 * horizon * 0.9,
      between(random, 0.6, 2.1) * (index < count / 2 ? 1 : 0.6),
      "#fff8e4",
      between(random, 0.3, 0.9),
    ),
  ).join("");
}

export function drawClouds({ frame, palette, horizon, scene, variant }: Composition, random: Random): string {
  const count =
    scene.features.has("clouds") || scene.features.has("rain") ? 5 : palette.dark ? 0 : variant % 3;
  return Array.from({ length: count }, () => {
    const [x, y, w] = [
      random() * frame.width,
      horizon * between(random, 0.1, 0.55),
      frame.width * between(random, 0.16, 0.34),
    ];
    const h = w * 0.13;
    const d = `M${n(x - w / 2)} ${n(y)}q${n(w * 0.03)} ${n(-h)} ${n(w * 0.2)} ${n(-h * 0.8)}q${n(w * 0.1)} ${n(-h * 1.3)} ${n(w * 0.32)} ${n(-h * 0.3)}q${n(w * 0.16)} ${n(-h * 0.8)} ${n(w * 0.26)} ${n(h * 0.3)}q${n(w * 0.2)} 0 ${n(w * 0.22)} ${n(h * 0.8)}z`;
    return flat(d, mix(palette.sky[1], "#ffffff", palette.dark ? 0.15 : 0.55), 0.75);
  }).join("");
}
