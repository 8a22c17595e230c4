import { WebClient } from "@slack/web-api";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSubmission } from "../../../../adapters/slack/blocks/read-submission.ts";
import { toHome } from "../../../../adapters/slack/blocks/to-home.ts";
import { toEphemeral, toMessage } from "../../../../adapters/slack/blocks/to-message.ts";
import { toModal } from "../../../../adapters/slack/blocks/to-modal.ts";
import type { Card, Form } from "../../../../src/core/card.ts";
import type { LocalSlack } from "../../../support/slack/local-slack.ts";
import type { SlackChannel, SlackPerson } from "../../../support/slack/slack-people.ts";
import { startSlack } from "../../../support/slack/start-slack.ts";
import { HOSTILE } from "./any-card.ts";
import {
  FINAL_CARDS,
  FIRST_HOME_CARDS,
  HOME_CARDS,
  helpCard,
  PRIVATE_CARDS,
  ROUND_CARDS,
} from "./real-cards.ts";

const FULL = "https://acme.slack.com/files/U1/F0FULL001/final.png";
const FORM: Form = {
  id: "draft",
  title: "Draft",
  submit: "Draft",
  intro: "A word of advice",
  fields: [
    {
      type: "text",
      name: "prompt",
      label: "What should be seen?",
      hint: "a glass bottle",
      value: "",
      lengthMax: 1000,
      required: true,
      multiline: true,
    },
    {
      type: "choice",
      name: "count",
      label: "How many takes",
      options: ["1", "4"].map((value) => ({ value, label: value })),
      value: "4",
    },
  ],
};

describe("in Slack", async () => {
  const help = await helpCard();
  let slack: LocalSlack;
  let client: WebClient;
  let channel: SlackChannel;
  let ana: SlackPerson;
  let file: string;

  beforeAll(async () => {
    slack = await startSlack({ limits: "off", fileReadyMs: 0 });
    const team = slack.addWorkspace();
    ana = team.addPerson("ana");
    channel = team.addChannel("spring-launch", { members: [ana], bot: true });
    client = new WebClient(team.install().botToken, {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    });
    file = await upload();
  });
  afterAll(async () => {
    await slack.stop();
  });

  async function upload(): Promise<string> {
    const png = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#9ab" } })
      .png()
      .toBuffer();
    const { upload_url: url = "", file_id: id = "" } = await client.files.getUploadURLExternal({
      filename: "grid.png",
      length: png.length,
    });
    await fetch(url, { method: "POST", body: new Uint8Array(png) });
    await client.files.completeUploadExternal({ files: [{ id, title: "grid" }] });
    return id;
  }

  function lastPayload(type: string) {
    const delivery = slack.deliveries.findLast((each) => each.type === type);
    if (delivery === undefined) throw new Error(`no ${type} in:\n${slack.describe()}`);
    return delivery.payload;
  }

  const pictureOf = (card: Card) => card.picture && { file, full: card.picture.full && FULL };

  it.each([...ROUND_CARDS, ...FINAL_CARDS])("$name is posted, then changed", async ({ name, card }) => {
    const content = toMessage(card, { key: name, picture: pictureOf(card) });
    const { ts = "" } = await client.chat.postMessage({ channel: channel.id, ...content, mrkdwn: false });
    const posted = channel.message(ts);
    expect(posted?.buttons.map((each) => each.value)).toEqual(card.actions.map((action) => action.id));
    expect(posted?.images.map((each) => each.alt)).toEqual(card.picture ? [card.picture.alt] : []);
    expect(posted?.blocks[0]?.block_id).toBe(`post.${name}`);
    const edited = toMessage(card, { key: undefined, picture: pictureOf(card) });
    await client.chat.update({ channel: channel.id, ts, ...edited, parse: "none" });
    expect(channel.message(ts)?.words).toBe(posted?.words);
  });

  it.each([...PRIVATE_CARDS, help])("$name is whispered", async ({ card }) => {
    const content = toEphemeral(card);
    await client.chat.postEphemeral({ channel: channel.id, user: ana.id, ...content });
    expect(ana.whispers(channel).at(-1)).toMatchObject({ text: content.text, blocks: content.blocks });
  });

  it.each([
    ["a manager's", HOME_CARDS],
    ["a newcomer's", FIRST_HOME_CARDS],
  ])("%s page is published", async (_, cards) => {
    await client.views.publish({ user_id: ana.id, view: toHome(cards) });
    expect(ana.home()?.buttons.map((each) => each.value)).toEqual(
      cards.flatMap((card) => card.actions.map((action) => action.id)),
    );
  });

  it.each(["a red fox in snow", ...HOSTILE])(
    "a form filled in with %s comes back with it",
    async (prompt) => {
      // Nobody listens: what would have been delivered is all that is wanted.
      await ana.shortcut("draft_open");
      const { trigger_id } = lastPayload("shortcut");
      const view = toModal(FORM, { place: undefined, attachments: [] });
      await client.views.open({ trigger_id: String(trigger_id), view });
      const modal = ana.modal();
      if (modal === undefined) throw new Error("no modal is open");
      await ana.submit(modal, { "What should be seen?": prompt, Channel: channel.id });
      expect(readSubmission(lastPayload("view_submission").view)).toEqual({
        form: "draft",
        place: { chosen: channel.id },
        answers: { prompt, count: "4" },
        attachments: [],
      });
      await ana.closeView(modal);
    },
  );

  it("understood everything", () => {
    expect(slack.problems).toEqual([]);
  });
});
