import { Events } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callApi } from "../../support/discord/call-api.ts";
import {
  button,
  container,
  gallery,
  item,
  label,
  layout,
  row,
  words,
} from "../../support/discord/component-parts.ts";
import { type DiscordScene, setDiscordScene } from "../../support/discord/discord-scene.ts";
import { createRawAnswers, type RawAnswers } from "../../support/discord/raw-answers.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const HOSTILE = `@everyone <@1> **bold** [x](https://evil.example) # <script>alert(1)</script> "'`;
const ESCAPED = HOSTILE.replace(/[@<*[\]:#]/g, "\\$&");

let scene: DiscordScene;
let answers: RawAnswers;

beforeEach(async () => {
  scene = await setDiscordScene({ limits: "off" });
  const raw = createRawAnswers(scene.discord);
  answers = raw;
  await scene.connect((client) => {
    raw.listen(client);
    client.on(Events.Error, () => undefined);
  });
});

afterEach(async () => {
  await scene.end();
});

const post = (body: unknown, files: { name: string; bytes: Uint8Array }[] = []) =>
  callApi(scene.discord, `POST /channels/${scene.brand.id}/messages`, { body, files });

async function answered(act: Promise<unknown>, type: number, data: unknown): Promise<void> {
  await answers.answer(await answers.next(), type, data);
  await act;
}

describe("the page of what people would see", () => {
  it("shows literal text as it is, and what became a mention, link or bold as something else", async () => {
    const allowed_mentions = { parse: [] };
    await post(layout([words(ESCAPED)], { allowed_mentions }));
    const safe = scene.discord.page("hostile");
    expect(safe).not.toMatch(/class="mention"|class="link"|<b>bold|<script/);
    expect(safe).toContain("@everyone &lt;@1&gt; **bold** [x](https://evil.example)");
    await post(layout([words(HOSTILE)], { allowed_mentions }));
    const leaked = scene.discord.page("hostile");
    expect(leaked).toContain(
      '<span class="mention">@everyone</span> <span class="mention">@1</span> <b>bold</b>',
    );
    expect(leaked).toContain('<a class="link" title="https://evil.example">x</a>');
    expect(leaked).not.toContain("<script");
    expect(leaked).not.toContain("🔔");
    await post({ content: `<@${scene.ada.id}>` });
    expect(scene.discord.page("pinged")).toContain("🔔 @ada");
  });

  it("shows the funnel: pictures, buttons, threads, reactions, private words and forms", async () => {
    const { ada, ben, brand, discord } = scene;
    const grid = layout([
      container(
        [
          words("<@1> drafted **a fox**"),
          gallery(item("attachment://a.png", { description: "A fox" })),
          row(button({ label: "Pick" })),
          words("-# 4 credits"),
        ],
        {
          accent_color: 0x5865f2,
        },
      ),
    ]);
    const { body } = await post({ ...grid, attachments: [{ id: 0, filename: "a.png" }] }, [
      { name: "a.png", bytes: PNG },
    ]);
    const at = { channelId: brand.id, id: body.id as string };
    ada.react(at, "✅");
    const thread = await callApi(discord, `POST /channels/${brand.id}/messages/${body.id}/threads`, {
      body: { name: "fox" },
    });
    await callApi(discord, `POST /channels/${thread.body.id}/messages`, { body: { content: "the final" } });
    const denied = { ...layout([words("Only art directors can.")]), flags: (1 << 15) | (1 << 6) };
    await answered(ada.press(at, "Pick"), 4, denied);
    const form = {
      custom_id: "m",
      title: "Edit the prompt",
      components: [label({ type: 4, custom_id: "i", style: 2, value: "a fox" })],
    };
    await answered(ben.command(brand, "draft", { prompt: "a fox" }), 9, form);

    const page = discord.page("funnel");
    expect(page).toContain("border-left-color: #5865f2");
    expect(page).toMatch(/<img src="data:image\/png;base64,iVBOR[^"]*" alt="A fox">/);
    expect(page).toContain('<div class="subtext">4 credits</div>');
    expect(page).toContain("✅ 1</span>");
    expect(page).toMatch(/🧵 fox<\/div><article[\s\S]*the final/);
    expect(page).toContain("👁 Only ada can see this");
    expect(page).toMatch(/modal of ben<\/div><h2>Edit the prompt/);
    for (const mine of ["Only art directors can.", "a fox"])
      expect(discord.page("hers", ada)).toContain(mine);
    expect(discord.page("his", ben)).not.toContain("Only art directors can.");
    expect(discord.page("hers", ada)).not.toContain("Edit the prompt");
  });
});
