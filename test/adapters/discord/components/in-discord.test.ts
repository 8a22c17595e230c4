import {
  type APIInteraction,
  type APIMessage,
  type Client,
  GatewayDispatchEvents,
  InteractionResponseType,
  type RawFile,
  Routes,
} from "discord.js";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { postMark, readMark } from "../../../../adapters/discord/components/post-mark.ts";
import { readAnswers } from "../../../../adapters/discord/components/read-answers.ts";
import { toMessage } from "../../../../adapters/discord/components/to-message.ts";
import { toModal } from "../../../../adapters/discord/components/to-modal.ts";
import { toPrivate } from "../../../../adapters/discord/components/to-private.ts";
import { shownFiles } from "../../../../adapters/discord/sender/shown-files.ts";
import type { Card, Form } from "../../../../src/core/card.ts";
import { CHOOSING } from "../../../support/card-gallery.ts";
import { type DiscordScene, setDiscordScene } from "../../../support/discord/discord-scene.ts";
import { DRAFT_FORM } from "../../../support/draft-forms.ts";
import { HOSTILE } from "./hostile.ts";
import { FINAL_CARDS, helpCard, PRIVATE_CARDS, ROUND_CARDS, roundOf, showRound } from "./real-cards.ts";

const GRID: RawFile = {
  name: "grid.png",
  data: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg==",
    "base64",
  ),
};
const LINK = { kind: "link", url: new URL("https://files.example/o/1"), label: "Original" } as const;

describe("in Discord", async () => {
  const help = await helpCard();
  let scene: DiscordScene;
  /** How the next interaction is answered. */
  let answer: { readonly type: InteractionResponseType; readonly data: unknown } | undefined;
  let heard: APIInteraction | undefined;

  beforeAll(async () => {
    scene = await setDiscordScene({ limits: "off" });
    scene.discord.register([{ type: 1, name: "help", description: "How this works" }]);
    await scene.connect(listen);
  });
  afterEach(() => expect(scene.discord.problems()).toEqual([]));
  afterAll(() => scene.end());

  function listen(client: Client): void {
    client.ws.on(GatewayDispatchEvents.InteractionCreate, async (interaction: APIInteraction) => {
      heard = interaction;
      const body = answer ?? { type: InteractionResponseType.DeferredMessageUpdate };
      await scene.rest.post(Routes.interactionCallback(interaction.id, interaction.token), {
        body,
        auth: false,
      });
    });
  }

  async function post(card: Card, key: string): Promise<APIMessage> {
    const shown = card.picture && { name: GRID.name, notes: ["The original has 31 MB."], original: LINK };
    const body = toMessage(card, { mark: postMark(key), shown });
    const files = card.picture ? [GRID] : [];
    return (await scene.rest.post(Routes.channelMessages(scene.brand.id), { body, files })) as APIMessage;
  }

  it.each([...ROUND_CARDS, ...FINAL_CARDS])("$name is posted, then changed", async ({ name, card }) => {
    const { id, components } = await post(card, name);
    expect(readMark(components)).toBe(postMark(name));
    const posted = scene.brand.message(id);
    expect(posted?.buttons.map((each) => each.customId)).toEqual(card.actions.map((action) => action.id));
    expect(posted?.images.map((each) => each.alt)).toEqual(card.picture ? [card.picture.alt] : []);
    const original = card.picture ? [LINK.url.href] : [];
    const others = card.body.flat().flatMap((span) => (span.type === "message" ? [span.text] : []));
    expect(posted?.links.map((each) => each.url).slice(0, original.length)).toEqual(original);
    expect(posted?.links.map((each) => each.label).slice(original.length)).toEqual(others);
    expect(posted?.pings).toEqual([]);
    const shown = card.picture && { name: GRID.name, notes: [], original: LINK };
    const edited = {
      ...toMessage(card, { mark: postMark(name), shown }),
      attachments: shownFiles(components ?? []).map((each) => ({ id: each.id })),
    };
    await scene.rest.patch(Routes.channelMessage(scene.brand.id, id), { body: edited });
    const changed = scene.brand.message(id);
    expect(changed).toMatchObject({ edits: 1, pings: [], buttons: posted?.buttons, links: posted?.links });
    expect(changed?.images.map((each) => each.name)).toEqual(posted?.images.map((each) => each.name));
    expect(posted?.words.startsWith(changed?.words ?? "nothing")).toBe(true);
  });

  it.each(HOSTILE)("%j pings nobody and leads nowhere", async (words) => {
    const prompt = words.replace(/\s*\n\s*/g, " ").trim();
    const { id } = await post(showRound(roundOf(CHOOSING, { prompt })), words);
    const seen = scene.brand.message(id);
    expect(seen?.pings).toEqual([]);
    expect(seen?.links.map((each) => each.url)).toEqual([LINK.url.href]);
    expect(seen?.words.replaceAll("\\", "")).toContain(prompt.replaceAll("\\", ""));
  });

  it.each([...PRIVATE_CARDS, help])("$name is for one person", async ({ card }) => {
    answer = { type: InteractionResponseType.ChannelMessageWithSource, data: toPrivate(card) };
    const outcome = await scene.ada.command(scene.brand, "help");
    expect(outcome).toMatchObject({ kind: "replied", message: { isPrivate: true, pings: [] } });
    const seen = scene.ada.privates(scene.brand).at(-1);
    expect(seen?.buttons.map((each) => each.customId)).toEqual(card.actions.map((action) => action.id));
  });

  it.each(["a red fox in snow", ...HOSTILE])(
    "a form filled in with %j comes back with it",
    async (prompt) => {
      const form: Form = DRAFT_FORM;
      answer = { type: InteractionResponseType.Modal, data: toModal(form) };
      expect(await scene.ada.command(scene.brand, "help")).toMatchObject({ kind: "form" });
      expect(scene.ada.form()).toMatchObject({ customId: form.id, title: form.title });
      answer = { type: InteractionResponseType.ChannelMessageWithSource, data: toPrivate(help.card) };
      await scene.ada.submit({ prompt });
      const given = form.fields.map(({ name, value }) => [name, value]);
      expect(readAnswers(heard?.data)).toEqual({ ...Object.fromEntries(given), prompt });
    },
  );
});
