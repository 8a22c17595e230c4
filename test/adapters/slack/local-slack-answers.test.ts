import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { failureOf } from "../../support/slack/slack-client.ts";
import { type SlackScene, setSlackScene } from "../../support/slack/slack-scene.ts";

let scene: SlackScene;

beforeEach(async () => {
  scene = await setSlackScene({ limits: "off", ackMs: 300, triggerMs: 300 });
});

afterEach(async () => {
  await scene.end();
});

const MODAL = {
  type: "modal" as const,
  callback_id: "draft",
  title: { type: "plain_text" as const, text: "Draft" },
  submit: { type: "plain_text" as const, text: "Go" },
  blocks: [
    {
      type: "input" as const,
      block_id: "prompt",
      label: { type: "plain_text" as const, text: "Prompt" },
      element: { type: "plain_text_input" as const, action_id: "text", max_length: 20 },
    },
    {
      type: "input" as const,
      block_id: "count",
      optional: true,
      label: { type: "plain_text" as const, text: "Count" },
      element: {
        type: "static_select" as const,
        action_id: "n",
        options: ["2", "4"].map((value) => ({
          text: { type: "plain_text" as const, text: `${value} takes` },
          value,
        })),
      },
    },
  ],
};

describe("answers by response_url", () => {
  const respond = (url: unknown, body: Record<string, unknown>) =>
    fetch(String(url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  it("are five, within half an hour, to the person or the channel", async () => {
    const { slack, ada, brand } = scene;
    const app = await scene.listen("socket");
    await ada.command(brand, "/draft");
    const url = app.heard[0]?.body.response_url;
    for (const text of ["1", "2", "3", "4"]) expect((await respond(url, { text })).status).toBe(200);
    expect((await respond(url, { text: "for all", response_type: "in_channel" })).status).toBe(200);
    expect(ada.whispers(brand).map((each) => each.text)).toEqual(["1", "2", "3", "4"]);
    expect(brand.messages().map((each) => each.text)).toEqual(["for all"]);
    const sixth = await respond(url, { text: "6" });
    expect([sixth.status, await sixth.json()]).toEqual([404, { ok: false, error: "used_url" }]);
    await ada.command(brand, "/draft");
    slack.pass(30 * 60_000);
    expect(await (await respond(app.heard[1]?.body.response_url, { text: "late" })).json()).toEqual({
      ok: false,
      error: "expired_url",
    });
    expect((await respond(`${slack.url}/actions/T0/1/2`, { text: "?" })).status).toBe(404);
  });

  it("may replace or delete the message that was pressed, an ephemeral too", async () => {
    const { ada, brand, web } = scene;
    const app = await scene.listen("socket");
    const blocks = [
      {
        type: "actions",
        elements: [{ type: "button", action_id: "a", text: { type: "plain_text", text: "Ok" } }],
      },
    ];
    await web.apiCall("chat.postEphemeral", { channel: brand.id, user: ada.id, text: "sure?", blocks });
    const [whisper] = ada.whispers(brand);
    await ada.press(whisper as NonNullable<typeof whisper>, "Ok");
    const url = app.heard[0]?.body.response_url;
    expect((await respond(url, { text: "done", replace_original: true })).status).toBe(200);
    expect(ada.whispers(brand).map((each) => each.words)).toEqual(["done"]);
    expect((await respond(url, { blocks: [{ type: "nothing" }] })).status).toBe(400);
    await respond(url, { delete_original: true });
    expect(ada.whispers(brand)).toEqual([]);
  });
});

describe("views", () => {
  const home = (text: string) => ({
    type: "home" as const,
    blocks: [{ type: "section" as const, text: { type: "plain_text" as const, text } }],
  });

  it("know when they were changed in between", async () => {
    const { ada, web } = scene;
    const first = await web.views.publish({ user_id: ada.id, view: home("1") });
    await web.views.publish({ user_id: ada.id, view: home("2") });
    const late = web.views.publish({ user_id: ada.id, view: home("3"), hash: first.view?.hash as string });
    expect(await failureOf(late)).toMatchObject({ error: "hash_conflict" });
    expect(ada.home()?.words).toBe("2");
  });

  it("stack three high, with external ids of their own", async () => {
    const { slack, ada, web } = scene;
    const app = await scene.listen("socket", (heard) =>
      heard.type === "view_submission" ? { response_action: "push", view: MODAL } : undefined,
    );
    const open = async (view: typeof MODAL & { external_id?: string }) => {
      await ada.shortcut("draft_open");
      const trigger_id = String(app.heard.at(-1)?.body.trigger_id);
      return web.views.open({ trigger_id, view });
    };
    await open({ ...MODAL, external_id: "e1" });
    expect(await failureOf(open({ ...MODAL, external_id: "e1" }))).toMatchObject({
      error: "duplicate_external_id",
    });
    const submit = async () => ada.submit(await slack.until(() => ada.modal()), { Prompt: "x" });
    expect((await submit()).kind).toBe("updated");
    expect((await submit()).kind).toBe("updated");
    expect((await submit()).kind).toBe("failed");
    expect(slack.problems[0]).toMatch(/push_limit_reached/);
  });

  it("have limits", async () => {
    const { web } = scene;
    const open = (view: Record<string, unknown>) => web.apiCall("views.open", { trigger_id: "1.2.a", view });
    const title = (length: number) => ({ ...MODAL, title: { type: "plain_text", text: "x".repeat(length) } });
    expect((await failureOf(open(title(25)))).messages).toEqual([
      "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]",
    ]);
    expect((await failureOf(open(title(24)))).error).toBe("invalid_trigger_id");
    const { submit: _submit, ...bare } = MODAL;
    expect((await failureOf(open(bare))).messages).toEqual([
      "[ERROR] missing required field: submit [json-pointer:/view]",
    ]);
    expect((await failureOf(open({ ...MODAL, private_metadata: "x".repeat(3001) }))).error).toBe(
      "invalid_arguments",
    );
    expect(
      (await failureOf(open({ ...MODAL, blocks: Array.from({ length: 101 }, () => ({ type: "divider" })) })))
        .messages,
    ).toEqual(["[ERROR] no more than 100 items allowed [json-pointer:/view/blocks]"]);
    expect((await failureOf(open({ ...MODAL, private_metadata: "x".repeat(250_000) }))).error).toBe(
      "view_too_large",
    );
    expect((await failureOf(open(home("no")))).error).toBe("invalid_arguments");
  });
});
