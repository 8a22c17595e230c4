import { afterEach, describe, expect, it } from "vitest";
import { type SlackScene, setSlackScene } from "../../support/slack/slack-scene.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const HOSTILE = `<!channel> <@U0NOBODY> <https://evil.example|click> *bold* & <script>alert(1)</script> "'`;
let scene: SlackScene;

afterEach(async () => {
  await scene.end();
});

describe("the page of what people would see", () => {
  it("shows literal text as it is, and what became a mention, link or bold as something else", async () => {
    scene = await setSlackScene({ limits: "off" });
    const { web, brand, slack, ada } = scene;
    const rich = {
      type: "rich_text",
      elements: [{ type: "rich_text_section", elements: [{ type: "text", text: HOSTILE }] }],
    };
    await web.apiCall("chat.postMessage", { channel: brand.id, text: "safe", blocks: [rich] });
    const safe = slack.page("hostile");
    expect(safe).not.toMatch(/class="mention"|class="link"|<b>bold|<script/);
    expect(brand.messages()[0]).toMatchObject({ mentions: [], links: [] });
    expect(safe).toContain("&lt;!channel&gt; &lt;@U0NOBODY&gt;");
    await web.chat.postMessage({
      channel: brand.id,
      text: `<!channel> <@${ada.id}> <https://evil.example|click> *bold*`,
    });
    expect(brand.messages()[1]).toMatchObject({
      mentions: ["<!channel>", `<@${ada.id}>`],
      links: ["https://evil.example"],
    });
    const leaked = slack.page("leaked");
    expect(leaked).toContain('<span class="mention">@channel</span> <span class="mention">@ada</span>');
    expect(leaked).toContain('<a class="link" title="https://evil.example">click</a>');
    expect(leaked).toContain("<b>bold</b>");
    expect(leaked).not.toContain("<script");
  });

  it("shows pictures, buttons, reactions, threads, whispers, modals and home tabs", async () => {
    scene = await setSlackScene({ limits: "off", fileReadyMs: 0 });
    const { web, brand, slack, ada } = scene;
    const app = await scene.listen("socket");
    const { upload_url, file_id } = await web.files.getUploadURLExternal({
      filename: "a.png",
      length: PNG.length,
    });
    await fetch(upload_url as string, { method: "POST", body: Uint8Array.from(PNG) });
    await web.files.completeUploadExternal({ files: [{ id: file_id as string }] });
    const words = (text: string) => ({ type: "plain_text" as const, text });
    const blocks = [
      { type: "image", slack_file: { id: file_id }, alt_text: "a grid" },
      {
        type: "actions",
        elements: [{ type: "button", action_id: "a", style: "primary", text: words("Approve") }],
      },
      { type: "context", elements: [{ type: "mrkdwn", text: "4 credits :one:" }] },
    ];
    await web.apiCall("chat.postMessage", { channel: brand.id, text: "grid for a fox", blocks });
    const [grid] = brand.messages();
    ada.react(grid as NonNullable<typeof grid>, "one");
    await web.chat.postMessage({ channel: brand.id, thread_ts: grid?.ts as string, text: "the final" });
    await web.chat.postEphemeral({ channel: brand.id, user: ada.id, text: "no credits" });
    await ada.shortcut("draft_open");
    const input = {
      type: "input" as const,
      label: words("Prompt"),
      element: { type: "plain_text_input" as const, initial_value: "a fox" },
    };
    await web.views.open({
      trigger_id: String(app.heard.find((each) => each.type === "shortcut")?.body.trigger_id),
      view: { type: "modal", title: words("New draft"), submit: words("Go"), blocks: [input] },
    });
    await web.views.publish({
      user_id: ada.id,
      view: { type: "home", blocks: [{ type: "header", text: words("Budgets") }] },
    });
    const page = slack.page("all");
    for (const part of [
      "data:image/png;base64,iVBOR",
      "alt: a grid",
      'class="button primary">Approve',
      "4 credits",
      "1️⃣",
      '<div class="thread">',
      "Only visible to ada",
      "New draft",
      "a fox",
      "home tab of ada",
      "Budgets",
    ])
      expect(page).toContain(part);
    expect(page).not.toMatch(/src="http|class="unknown"/);
  });
});
