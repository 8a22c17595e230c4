import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Heard, React } from "../../support/slack/listening-app.ts";
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

const never = () => new Promise(() => undefined);
const triggerOf = (heard: Heard) => String(heard.body.trigger_id);

describe.each(["socket", "http"] as const)("commands and forms, by %s", (by) => {
  const listen = (react?: React) => scene.listen(by, react);

  it("a command: its answer is for the person alone, by default", async () => {
    const { slack, ada, brand } = scene;
    const app = await listen(() => ({ text: "Drafting" }));
    const outcome = await ada.command(brand, "/draft", "a <red> fox & @ada");
    expect(outcome).toMatchObject({ kind: "acked", text: "Drafting" });
    expect(app.heard[0]?.body).toMatchObject({
      command: "/draft",
      text: "a <red> fox & @ada",
      channel_id: brand.id,
      user_id: ada.id,
    });
    expect(ada.whispers(brand).map((each) => each.words)).toEqual(["Drafting"]);
    expect(brand.messages()).toEqual([]);
    await expect(ada.command(brand, "/paint")).rejects.toThrow("/paint is not a valid command");
    expect(slack.problems).toEqual([]);
  });

  it("a command that asked for it has people, channels and links escaped", async () => {
    const { ada, brand } = scene;
    const app = await listen();
    await ada.command(brand, "/quota", "roles @ada #brand <b>");
    expect(app.heard[0]?.body.text).toBe(`roles <@${ada.id}|ada> <#${brand.id}|brand> &lt;b&gt;`);
  });

  it("a command without an answer in time, or with a failure, fails before the person's eyes, and is not tried again", async () => {
    const { slack, ada, brand } = scene;
    let reaction: React = never;
    const app = await listen((heard) => reaction(heard));
    expect(await ada.command(brand, "/draft", "x")).toMatchObject({
      kind: "failed",
      error: "operation_timeout",
      text: '/draft failed with the error "operation_timeout"',
    });
    reaction = () => {
      throw new Error("no");
    };
    const error = by === "http" ? "dispatch_failed" : "operation_timeout";
    expect(await ada.command(brand, "/draft", "x")).toMatchObject({ kind: "failed", error });
    await slack.settled();
    expect(app.heard).toHaveLength(2);
  });

  it("a modal: opened with its trigger, filled in, refused, submitted", async () => {
    const { slack, ada, web } = scene;
    const app = await listen((heard) => {
      if (heard.type === "view_submission") {
        const { values } = (heard.body.view as { state: { values: { prompt: { text: { value: string } } } } })
          .state;
        return values.prompt.text.value === "bad"
          ? { response_action: "errors", errors: { prompt: "Not that." } }
          : undefined;
      }
      return web.views.open({ trigger_id: triggerOf(heard), view: MODAL }).then(() => undefined);
    });
    await ada.shortcut("draft_open");
    const view = await slack.until(() => ada.modal());
    expect(view.fields.map((field) => field.label)).toEqual(["Prompt", "Count"]);
    expect(await ada.submit(view)).toEqual({
      kind: "invalid",
      errors: { prompt: "Please complete this required field." },
    });
    expect(await ada.submit(view, { Prompt: "x".repeat(21) })).toMatchObject({ kind: "invalid" });
    expect(await ada.submit(view, { Prompt: "bad" })).toEqual({
      kind: "errors",
      errors: { prompt: "Not that." },
    });
    expect(await ada.submit(view, { Prompt: "good", Count: "4 takes" })).toEqual({ kind: "closed" });
    expect(ada.modal()).toBeUndefined();
    expect(app.heard.at(-1)?.body.view).toMatchObject({
      callback_id: "draft",
      state: {
        values: {
          prompt: { text: { type: "plain_text_input", value: "good" } },
          count: { n: { selected_option: { value: "4" } } },
        },
      },
    });
    expect(slack.problems).toEqual([]);
  });

  it("a view can be updated or pushed over in answer, and closed", async () => {
    const { slack, ada, web } = scene;
    const view = { ...MODAL, notify_on_close: true };
    let action = "push";
    const app = await listen((heard) =>
      heard.type === "shortcut"
        ? web.views.open({ trigger_id: triggerOf(heard), view }).then(() => undefined)
        : heard.type === "view_submission"
          ? { response_action: action, view: { ...view, title: { type: "plain_text", text: "Sure?" } } }
          : undefined,
    );
    await ada.shortcut("draft_open");
    const first = await slack.until(() => ada.modal());
    expect(await ada.submit(first, { Prompt: "fox" })).toMatchObject({
      kind: "updated",
      view: { title: "Sure?" },
    });
    const second = await slack.until(() => ada.modal());
    expect(second.id).not.toBe(first.id);
    await expect(ada.submit(first)).rejects.toThrow("another view is in front");
    await ada.closeView(second);
    expect(app.heard.at(-1)?.type).toBe("view_closed");
    expect(ada.modal()?.id).toBe(first.id);
    action = "update";
    expect(await ada.submit(first)).toMatchObject({
      kind: "updated",
      view: { id: first.id, title: "Sure?" },
    });
  });

  it("a trigger is for one use, within its time", async () => {
    const { ada, brand, web } = scene;
    const app = await listen();
    await ada.shortcut("draft_open");
    const trigger_id = triggerOf(app.heard[0] as Heard);
    await web.views.open({ trigger_id, view: MODAL });
    expect(await failureOf(web.views.open({ trigger_id, view: MODAL }))).toMatchObject({
      error: "exchanged_trigger_id",
    });
    await ada.command(brand, "/draft");
    await new Promise((resolve) => setTimeout(resolve, 320));
    expect(
      await failureOf(web.views.open({ trigger_id: triggerOf(app.heard[1] as Heard), view: MODAL })),
    ).toMatchObject({ error: "expired_trigger_id" });
    expect(await failureOf(web.views.open({ trigger_id: "x", view: MODAL }))).toMatchObject({
      error: "invalid_trigger_id",
    });
  });
});
