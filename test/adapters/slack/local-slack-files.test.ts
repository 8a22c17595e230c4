import type { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LocalSlack } from "../../support/slack/local-slack.ts";
import { createSlackClient, failureOf } from "../../support/slack/slack-client.ts";
import type { SlackTeam } from "../../support/slack/slack-people.ts";
import { startSlack } from "../../support/slack/start-slack.ts";

const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
const WEBP = Buffer.from("RIFF\0\0\0\0WEBPVP8 ", "latin1");

let slack: LocalSlack;
let team: SlackTeam;
let web: WebClient;
let token: string;

beforeEach(async () => {
  slack = await startSlack({ limits: "off", fileReadyMs: 120 });
  team = slack.addWorkspace();
  token = team.install().botToken;
  web = createSlackClient(slack, token);
});

afterEach(async () => {
  await slack.stop();
});

async function upload(bytes: Uint8Array, more: Record<string, unknown> = {}): Promise<string> {
  const { upload_url, file_id } = await web.files.getUploadURLExternal({
    filename: "grid.png",
    length: bytes.length,
  });
  const response = await fetch(upload_url as string, { method: "POST", body: Uint8Array.from(bytes) });
  expect(await response.text()).toBe(`OK - ${bytes.length}`);
  await web.apiCall("files.completeUploadExternal", { files: [{ id: file_id, title: "Grid" }], ...more });
  return file_id as string;
}

async function waitUntilReady(id: string): Promise<void> {
  for (;;) {
    const { file } = await web.files.info({ file: id });
    if (file?.mimetype !== "") return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const image = (id: string) => [{ type: "image" as const, slack_file: { id }, alt_text: "a grid" }];

describe("files", () => {
  it("are not ready at once: no type, and not for blocks", async () => {
    const brand = team.addChannel("brand", { bot: true });
    const id = await upload(PNG);
    expect((await web.files.info({ file: id })).file).toMatchObject({
      mimetype: "",
      filetype: "",
      shares: {},
      size: PNG.length,
    });
    const post = () => web.chat.postMessage({ channel: brand.id, text: "t", blocks: image(id) });
    const failure = await failureOf(post());
    expect(failure.messages).toEqual(["[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]"]);
    await waitUntilReady(id);
    await post();
    expect(brand.messages()[0]?.images).toEqual([{ alt: "a grid", file: id, url: undefined }]);
  });

  it("show in blocks only as png, jpeg or gif, and only to who uploaded them", async () => {
    const brand = team.addChannel("brand", { bot: true });
    const webp = await upload(WEBP);
    await waitUntilReady(webp);
    expect(
      (await failureOf(web.chat.postMessage({ channel: brand.id, text: "t", blocks: image(webp) }))).error,
    ).toBe("invalid_blocks");
    const png = await upload(PNG);
    await waitUntilReady(png);
    const other = slack.addWorkspace();
    const theirs = other.addChannel("theirs", { bot: true });
    const foreign = createSlackClient(slack, other.install().botToken);
    expect(
      (await failureOf(foreign.chat.postMessage({ channel: theirs.id, text: "t", blocks: image(png) })))
        .error,
    ).toBe("invalid_blocks");
    expect((await failureOf(foreign.files.info({ file: png }))).error).toBe("file_not_found");
  });

  it("take the bytes that were announced, once", async () => {
    const { upload_url, file_id } = await web.files.getUploadURLExternal({ filename: "a.png", length: 99 });
    const short = await fetch(upload_url as string, { method: "POST", body: Uint8Array.from(PNG) });
    expect(short.status).toBe(400);
    const complete = () => web.files.completeUploadExternal({ files: [{ id: file_id as string }] });
    expect((await failureOf(complete())).error).toBe("file_not_found");
    const id = await upload(PNG);
    expect((await failureOf(web.files.completeUploadExternal({ files: [{ id }] }))).error).toBe(
      "file_not_found",
    );
    expect((await failureOf(web.files.getUploadURLExternal({ filename: "a", length: 0 }))).error).toBe(
      "missing_argument",
    );
  });

  it("can be shared into a thread, which does not say the message's ts", async () => {
    const brand = team.addChannel("brand", { bot: true });
    const root = await web.chat.postMessage({ channel: brand.id, text: "root" });
    const id = await upload(PNG, { channel_id: brand.id, thread_ts: root.ts, initial_comment: "here" });
    const [shared] = brand.thread(root.ts as string);
    expect(shared).toMatchObject({ text: "here", files: [{ id, name: "grid.png", title: "Grid" }] });
    await waitUntilReady(id);
    const { file } = await web.files.info({ file: id });
    expect(file?.shares?.public?.[brand.id]?.[0]).toMatchObject({ ts: shared?.ts });
  });

  it("refuse to be shared where the bot is not", async () => {
    const open = team.addChannel("open");
    expect((await failureOf(upload(PNG, { channel_id: open.id }))).error).toBe("not_in_channel");
  });

  it("are downloaded with a token that may read them; otherwise there is a page to sign in on", async () => {
    const ada = team.addPerson("ada");
    const brand = team.addChannel("brand", { members: [ada], bot: true });
    const [file] = ada.say(brand, "look", { files: [{ name: "ref.png", bytes: PNG }] }).files;
    const get = (authorization: string) => fetch(file?.urlPrivate ?? "", { headers: { authorization } });
    const good = await get(`Bearer ${token}`);
    expect(good.headers.get("content-type")).toBe("image/png");
    expect(Buffer.from(await good.arrayBuffer())).toEqual(PNG);
    const bad = await get("Bearer xoxb-wrong");
    expect(bad.status).toBe(200);
    expect(bad.headers.get("content-type")).toMatch(/html/);
    brand.leave("bot");
    expect((await get(`Bearer ${token}`)).headers.get("content-type")).toMatch(/html/);
  });

  it("are gone when deleted, which only their owner may do", async () => {
    const ada = team.addPerson("ada");
    const brand = team.addChannel("brand", { members: [ada], bot: true });
    const id = await upload(PNG, { channel_id: brand.id });
    await web.files.delete({ file: id });
    expect((await failureOf(web.files.info({ file: id }))).error).toBe("file_not_found");
    expect(brand.messages()[0]?.files).toEqual([]);
    const [hers] = ada.say(brand, "", { files: [{ name: "a.png", bytes: PNG }] }).files;
    expect((await failureOf(web.files.delete({ file: hers?.id ?? "" }))).error).toBe("cant_delete_file");
  });

  it("are uploaded by the SDK's own helper, whose alt_text Slack does not know", async () => {
    const brand = team.addChannel("brand", { bot: true });
    await web.filesUploadV2({ channel_id: brand.id, file: PNG, filename: "a.png", alt_text: "a fox" });
    expect(brand.messages()[0]?.files[0]).toMatchObject({ name: "a.png", size: PNG.length });
    expect(slack.problems).toEqual(["files.getUploadURLExternal has no argument alt_text"]);
  });
});
