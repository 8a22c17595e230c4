import { html, svg, type TemplateResult } from "lit-html";
import type { Emoji } from "../../../../src/core/card.ts";

/**
 * Signs are drawn, not typed: they look the same on a machine without an emoji font, and follow the theme.
 */
const icon = (paths: TemplateResult<2>) =>
  html`<svg class="icon" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`;

export const menuIcon = icon(svg`<path d="M3.5 6h13M3.5 10h13M3.5 14h13"/>`);
export const closeIcon = icon(svg`<path d="m5.5 5.5 9 9m0-9-9 9"/>`);
export const sendIcon = icon(svg`<path d="M10 16V4.5m0 0L5 9.5m5-5 5 5"/>`);
export const replyIcon = icon(
  svg`<path d="M16.5 9.6c0 3-2.9 5.4-6.5 5.4-.8 0-1.6-.1-2.3-.3L4 16l1-2.800C4 12.3 3.5 11 3.5 9.6 3.5 6.6 6.4 4.2 10 4.200s6.5 2.4 6.5 5.400Z"/>`,
);
export const reactIcon = icon(
  svg`<path d="M16.2 8.700A6.5 6.5 0 1 1 11.3 3.8"/><path d="M7.3 11.800c.7.9 1.6 1.4 2.7 1.400s2-.5 2.7-1.400M7.8 8.300v.1m4.4-.1v.1M15.5 2.500v4m-2-2h4"/>`,
);
export const hiddenIcon = icon(
  svg`<path d="M3 3l14 14M8.2 5.200c.6-.1 1.2-.2 1.8-.2 4.5 0 7 5 7 5s-.7 1.4-2 2.700M5.3 6.900C3.8 8.2 3 10 3 10s2.5 5 7 5c1.2 0 2.3-.4 3.2-.9M8.5 8.600a2 2 0 0 0 2.8 2.8"/>`,
);
export const expandIcon = icon(
  svg`<path d="M12 3.500h4.500V8M8 16.500H3.500V12M16.2 3.8 11.5 8.500M3.8 16.200l4.7-4.7"/>`,
);
export const downloadIcon = icon(svg`<path d="M10 3.500v9m0 0L6.5 9m3.5 3.500L13.5 9M4 16.500h12"/>`);
export const downIcon = icon(svg`<path d="M10 4v12m0 0 4.5-4.500M10 16l-4.5-4.5"/>`);
export const sunIcon = icon(
  svg`<circle cx="10" cy="10" r="3.2"/><path d="M10 2.500v1.700m0 11.600v1.700M2.5 10h1.700m11.6 0h1.700M4.7 4.700l1.2 1.200m8.2 8.2 1.2 1.200m0-10.6-1.2 1.200m-8.2 8.2-1.2 1.2"/>`,
);
export const moonIcon = icon(svg`<path d="M16.5 11.700A6.7 6.7 0 0 1 8.3 3.500a6.7 6.7 0 1 0 8.2 8.200Z"/>`);
export const systemIcon = icon(
  svg`<circle cx="10" cy="10" r="6.5"/><path d="M10 3.500v13a6.5 6.5 0 0 0 0-13Z" fill="currentColor" stroke="none"/>`,
);
const rerollSign = icon(
  svg`<path d="M15.8 8.200A6.2 6.2 0 0 0 4.6 7M4.2 11.800A6.2 6.2 0 0 0 15.4 13M4.3 3.700V7.200h3.500M15.7 16.300v-3.500h-3.5"/>`,
);
const approveSign = icon(svg`<path d="m4.5 10.5 3.7 3.7 7.3-8"/>`);
const rejectSign = icon(svg`<path d="m5.5 5.5 9 9m0-9-9 9"/>`);

/** Four takes, one of them picked. */
export const mark = html`<svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><rect x="2" y="2" width="9" height="9" rx="2.2"/><rect x="13" y="2" width="9" height="9" rx="2.2"/><rect x="2" y="13" width="9" height="9" rx="2.2"/><rect class="picked" x="13" y="13" width="9" height="9" rx="2.2"/></svg>`;

/** What a reaction means, in words. */
export const EMOJI_WORDS: Readonly<Record<Emoji, string>> = {
  n1: "1",
  n2: "2",
  n3: "3",
  n4: "4",
  n5: "5",
  n6: "6",
  n7: "7",
  n8: "8",
  n9: "9",
  reroll: "Reroll",
  approve: "Approve",
  reject: "Send back",
};

export function emojiGlyph(emoji: Emoji): TemplateResult {
  switch (emoji) {
    case "reroll":
      return html`<span class="sign sign-reroll" aria-hidden="true">${rerollSign}</span>`;
    case "approve":
      return html`<span class="sign sign-approve" aria-hidden="true">${approveSign}</span>`;
    case "reject":
      return html`<span class="sign sign-reject" aria-hidden="true">${rejectSign}</span>`;
    default:
      return html`<span class="sign keycap" aria-hidden="true">${EMOJI_WORDS[emoji]}</span>`;
  }
}
