import { html, nothing, type TemplateResult } from "lit-html";
import type { Desk } from "../desk.ts";
import { messagesOf, nameOf } from "../state.ts";
import { composerOf } from "./composer.ts";
import { mark, menuIcon } from "./glyphs.ts";
import { timelineOf } from "./timeline.ts";

/** The most directors to be named. */
const NAMES_MAX = 3;
const alternatives = new Intl.ListFormat("en-GB", { type: "disjunction" });
const FIRST_PROMPT = "/draft a glass bottle refracting afternoon sun on a limestone table";

export function channelOf(desk: Desk): TemplateResult {
  const { state, navigation } = desk;
  const channel = state.session.channels.find((one) => one.id === state.channel);
  const place = { channel: state.channel, thread: undefined };
  const messages = messagesOf(state, state.channel);
  const loaded = state.loaded.get(state.channel);
  return html`
    <main class="room" aria-label="#${state.channel}">
      <header class="pane-head">
        <button type="button" class="tool menu" aria-label="Channels and people" aria-controls="rail" aria-expanded=${state.isRailOpen ? "true" : "false"} @click=${() => navigation.showRail(true)}>${menuIcon}</button>
        <div class="pane-words"><h1><span class="hash" aria-hidden="true">#</span>${state.channel}</h1><p>${channel?.topic}</p></div>
        <p class="deciders">${decidersOf(desk)}</p>
      </header>
      ${state.connection === "lost" ? html`<p class="banner" role="status">Connection lost. Trying again…</p>` : nothing}
      ${timelineOf({ place, label: `Messages in #${state.channel}`, messages, head: headOf(loaded, messages.length, desk) }, desk)}
      ${composerOf(place, desk)}
    </main>
  `;
}

/** Who decides here, so that it is no surprise whose number counts; nothing while that is not known. */
function decidersOf({ state }: Desk): string {
  const directors = state.staff.get(state.channel)?.directors;
  if (directors === undefined) return "";
  if (directors.length === 0) return "Whoever asks picks";
  const names = directors.map((one) => nameOf(state, one));
  if (names.length <= NAMES_MAX) return `${alternatives.format(names)} picks`;
  const others = names.splice(NAMES_MAX - 1);
  return `${alternatives.format([...names, `${others.length} others`])} pick`;
}

function headOf(
  loaded: { readonly more: boolean } | undefined,
  count: number,
  desk: Desk,
): TemplateResult | typeof nothing {
  if (loaded === undefined) return html`<p class="older">Loading…</p>`;
  if (loaded.more) return html`<p class="older">Loading older messages…</p>`;
  if (count > 0) return html`<p class="older older-start">This is where #${desk.state.channel} begins.</p>`;
  return emptyOf(desk);
}

function emptyOf({ state, composing }: Desk): TemplateResult {
  const place = { channel: state.channel, thread: undefined };
  return html`
    <section class="welcome">
      ${mark}
      <h2>Nothing drafted in #${state.channel} yet</h2>
      <p>Describe a picture. A grid of quick takes comes back in seconds; react with a number to have that one finished.</p>
      <button type="button" class="try" @click=${() => composing.begin(place, FIRST_PROMPT)}><code>${FIRST_PROMPT}</code><span>Try it</span></button>
      <p class="welcome-more">Or type <kbd>/</kbd> to see every command.</p>
    </section>
  `;
}
