import { html, nothing, type TemplateResult } from "lit-html";
import type { Desk } from "../desk.ts";
import type { Theme } from "../remembered.ts";
import { isUnread, roleOf } from "../state.ts";
import { avatar } from "./avatar.ts";
import { closeIcon, mark, moonIcon, sunIcon, systemIcon } from "./glyphs.ts";

const THEME_LOOKS: Readonly<Record<Theme, { readonly icon: TemplateResult; readonly words: string }>> = {
  system: { icon: systemIcon, words: "Theme: as the system" },
  light: { icon: sunIcon, words: "Theme: light" },
  dark: { icon: moonIcon, words: "Theme: dark" },
};

/** Where to talk, and as whom. */
export function railOf(desk: Desk): TemplateResult {
  const { state, navigation } = desk;
  const theme = THEME_LOOKS[state.remembered.theme];
  return html`
    <nav class="rail ${state.isRailOpen ? "rail-open" : ""}" aria-label="Channels and people" id="rail">
      <header class="rail-head">
        ${mark}<span class="rail-title">Draftroom</span><span class="rail-kind">studio</span>
        <button type="button" class="tool rail-close" aria-label="Close the menu" @click=${() => navigation.showRail(false)}>${closeIcon}</button>
      </header>
      <h2 class="rail-label" id="channels-label">Channels</h2>
      <ul class="channels" aria-labelledby="channels-label">
        ${state.session.channels.map((channel) => channelOf(channel.id, desk))}
      </ul>
      <fieldset class="people">
        <legend class="rail-label">Acting as</legend>
        ${state.session.people.map((person) => personOf(person.id, person.name, desk))}
      </fieldset>
      <footer class="rail-foot">
        <button type="button" class="theme" @click=${navigation.nextTheme}>${theme.icon}<span>${theme.words}</span></button>
      </footer>
    </nav>
    ${state.isRailOpen ? html`<div class="scrim" @click=${() => navigation.showRail(false)}></div>` : nothing}
  `;
}

function channelOf(channel: string, { state, navigation }: Desk): TemplateResult {
  const isHere = channel === state.channel;
  const hasNews = !isHere && isUnread(state, channel);
  return html`
    <li>
      <button type="button" class="channel ${hasNews ? "channel-news" : ""}" aria-current=${isHere ? "page" : nothing} @click=${() => navigation.openChannel(channel)}>
        <span class="hash" aria-hidden="true">#</span><span>${channel}</span>
        ${hasNews ? html`<span class="dot"><span class="unseen">unread</span></span>` : nothing}
      </button>
    </li>
  `;
}

function personOf(person: string, name: string, { state, navigation }: Desk): TemplateResult {
  return html`
    <label class="acting">
      <input type="radio" name="acting" class="unseen" .checked=${person === state.as} @change=${() => navigation.actAs(person)} />
      ${avatar(person, state.session)}
      <span class="acting-name">${name}<small>${roleOf(state, person, state.channel)}</small></span>
    </label>
  `;
}
