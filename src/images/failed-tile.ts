import sharp from "sharp";
import { CAP_HEIGHT, outline } from "./lettering.ts";
import { decodePixels, type Pixels } from "./pixels.ts";

/** Pixels. About nine are left of it in a chat's preview of a full-size grid. */
const CAPTION_SIZE_MAX = 50;

/** A tile where a picture should have been: a quiet panel with a struck-out picture and a caption. */
export async function drawFailedTile(caption: string, width: number, height: number): Promise<Pixels> {
  const unit = Math.min(width, height);
  const mark = unit * 0.18;
  const text =
    caption.trim() === ""
      ? { lines: [], size: 0 }
      : fitCaption(caption, width * 0.84, Math.min(unit * 0.1, CAPTION_SIZE_MAX));
  const lineHeight = text.size * 1.4;
  const block = mark + unit * 0.05 + text.lines.length * lineHeight;
  // A little above the middle looks like the middle.
  const top = (height - block) * 0.48;
  const firstLine = top + mark + unit * 0.05 + (lineHeight + text.size * CAP_HEIGHT) / 2;
  const letters = text.lines.map((line, index) => {
    const y = firstLine + index * lineHeight;
    return outline(line, { size: text.size, weight: 600, x: width / 2, y, anchor: "middle" }).path;
  });
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<rect width="100%" height="100%" fill="#262626"/>` +
    `<g transform="translate(${(width - mark) / 2} ${top}) scale(${mark / 24})" fill="none" stroke="#787878" stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round">${MARK}</g>` +
    `<path d="${letters.join("")}" fill="#b4b4b4"/></svg>`;
  return decodePixels(sharp(Buffer.from(svg)));
}

/** A picture with a hill and a sun, struck out; drawn in a 24 × 24 box. */
const MARK =
  '<rect x="2.5" y="4" width="19" height="16" rx="2.5"/><circle cx="8" cy="9.5" r="1.6"/>' +
  '<path d="M3.5 17.5 8.5 13.5 12 16 16.5 11 21 15.5"/>' +
  '<path d="M4 2 20 22" stroke="#262626" stroke-width="4"/><path d="M4 2 20 22"/>';

/** One line, or one for each part between dots, at the largest size up to `sizeMax` at which the longest fits. */
function fitCaption(caption: string, widthMax: number, sizeMax: number) {
  const widthAt1 = (line: string) =>
    outline(line, { size: 1, weight: 600, x: 0, y: 0, anchor: "start" }).width;
  if (widthAt1(caption) * sizeMax <= widthMax) return { lines: [caption], size: sizeMax };
  const lines = caption.split("·").map((part) => part.trim());
  const longest = Math.max(...lines.map(widthAt1));
  return { lines, size: Math.min(sizeMax, widthMax / longest) };
}
