import { html, type TemplateResult } from "lit-html";
import type { Session } from "../../wire.ts";
import { BOT_ID } from "../bot.ts";
import { mark } from "./glyphs.ts";

/** Initials on the person's colour, or the bot's mark. The name stands beside it. */
export function avatar(person: string, session: Session): TemplateResult {
  if (person === BOT_ID) return html`<span class="avatar avatar-bot" aria-hidden="true">${mark}</span>`;
  const { name, hue } = session.people.find((one) => one.id === person) ?? { name: person, hue: 0 };
  const initials = name
    .split(" ")
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join("");
  // Set as a property: the page's policy allows no style attributes.
  return html`<span class="avatar" aria-hidden="true" .style=${`--hue: ${hue}`}>${initials}</span>`;
}
