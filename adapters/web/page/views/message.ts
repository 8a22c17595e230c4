import { html, nothing, type TemplateResult } from "lit-html";
import type { MessageView } from "../../wire.ts";
import { BOT_ID, BOT_NAME } from "../bot.ts";
import type { Desk } from "../desk.ts";
import { nameOf, type Pending, placeKey, seenOf } from "../state.ts";
import { wordsOf } from "../words-of.ts";
import { avatar } from "./avatar.ts";
import { cardOf } from "./card.ts";
import { hiddenIcon, replyIcon } from "./glyphs.ts";
import { pickerButton, reactionsOf } from "./reactions.ts";
import { linesOf } from "./spans.ts";
import { momentOf, timeOf, whenOf } from "./times.ts";

export interface Setting {
  readonly desk: Desk;
  /** Within its thread, a root shows no way to the thread. */
  readonly isInThread: boolean;
  /** Follows the same author's last one closely: no name again. */
  readonly isFollowUp: boolean;
}

export function messageOf(message: MessageView, setting: Setting): TemplateResult {
  const { desk, isInThread, isFollowUp } = setting;
  const { state } = desk;
  const isBot = message.author === BOT_ID;
  const name = isBot ? BOT_NAME : nameOf(state, message.author);
  const look = `message ${isFollowUp ? "message-follow-up" : ""} ${message.isPrivate ? "message-private" : ""}`;
  return html`
    <article class=${look} data-message=${message.id} aria-label="${name}, ${timeOf(message.at)}">
      ${isFollowUp ? stampOf(message) : avatar(message.author, state.session)}
      <div class="message-main">
        ${isFollowUp ? nothing : html`<header><span class="author">${name}</span>${isBot ? html`<span class="badge">App</span>` : nothing}${stampOf(message)}</header>`}
        ${message.isPrivate ? privateLine(message, desk) : nothing}
        ${contentOf(message, desk)}
        ${reactionsOf(message, desk)}
        ${isInThread ? nothing : repliesOf(message, desk)}
      </div>
      ${message.isPrivate ? nothing : toolsOf(message, setting)}
    </article>
  `;
}

function contentOf(message: MessageView, desk: Desk): TemplateResult {
  const { content } = message;
  if (content.kind === "card") return cardOf(message, content.card, content.pixels, desk);
  return html`<div class="lines">${linesOf(content.lines, desk.state)}</div>`;
}

const stampOf = (message: MessageView) =>
  html`<time class="stamp" datetime=${message.at} title=${momentOf(message.at)}>${timeOf(message.at)}</time>`;

function privateLine(message: MessageView, desk: Desk): TemplateResult {
  return html`
    <p class="private">
      ${hiddenIcon}<span>Only visible to you</span>
      <button type="button" class="link" @click=${() => desk.acting.dismiss(message)}>Dismiss</button>
    </p>
  `;
}

function repliesOf(message: MessageView, desk: Desk): TemplateResult | typeof nothing {
  const { state, navigation } = desk;
  const { replies } = message;
  if (replies === null) return nothing;
  const isOpen = state.thread === message.id;
  const place = placeKey({ channel: message.channel, thread: message.id });
  const isNew = !isOpen && replies.lastPosition > seenOf(state, place);
  return html`
    <button type="button" class="replies" aria-expanded=${isOpen ? "true" : "false"} @click=${() => navigation.openThread(message.id)}>
      <span class="faces">${replies.authors.slice(0, 3).map((author) => avatar(author, state.session))}</span>
      <span class="replies-count">${replies.count} ${replies.count === 1 ? "reply" : "replies"}</span>
      ${isNew ? html`<span class="new">New</span>` : nothing}
      <span class="replies-last">Last ${whenOf(replies.lastAt, new Date())} · ${wordsOf(replies.lastContent, replies.authors[0] ?? "", state)}</span>
    </button>
  `;
}

function toolsOf(message: MessageView, { desk, isInThread }: Setting): TemplateResult {
  return html`
    <div class="tools" role="group" aria-label="Message tools">
      ${pickerButton(message, desk, "tool")}
      ${
        isInThread
          ? nothing
          : html`<button type="button" class="tool" aria-label="Reply in thread" title="Reply in thread" @click=${() => desk.navigation.openThread(message.id)}>${replyIcon}</button>`
      }
    </div>
  `;
}

/** Something on its way, or not confirmed. */
export function pendingOf(pending: Pending, desk: Desk): TemplateResult {
  const { state, acting } = desk;
  const isCommand = pending.text.startsWith("/");
  return html`
    <article class="message message-pending">
      ${avatar(pending.as, state.session)}
      <div class="message-main">
        <header><span class="author">${nameOf(state, pending.as)}</span><span class="stamp">${pending.problem === undefined ? "Sending…" : "Not confirmed"}</span></header>
        <div class="lines"><p class="line">${isCommand ? html`<code>${pending.text}</code>` : pending.text}</p></div>
        ${pending.problem === undefined ? nothing : failureOf(pending, pending.problem, acting)}
      </div>
    </article>
  `;
}

function failureOf(pending: Pending, problem: string, acting: Desk["acting"]): TemplateResult {
  return html`
    <p class="failure" role="alert">
      <span>${problem}</span>
      <button type="button" class="button button-primary" @click=${() => acting.retrySaying(pending)}>Try again</button>
      <button type="button" class="button button-plain" @click=${() => acting.takeBack(pending)}>Edit</button>
    </p>
  `;
}
