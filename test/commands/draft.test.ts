import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ChannelRef, EventId, UserRef } from "../../src/core/ids.ts";
import type { Reply } from "../../src/ports/chat.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { type Desk, inWords, MAX, MIA, openDesk } from "../support/story-desk.ts";

let bench: TestDatabase;
let desk: Desk;
let channel: ChannelRef;
beforeAll(async () => {
  bench = await openEmbedded();
});
beforeEach(() => {
  desk = openDesk(bench);
  channel = desk.channel();
});
afterAll(async () => {
  await audit(bench.pool);
  await bench.close();
});

const draft = (text: string, who: UserRef = MIA, event = fresh<EventId>()) =>
  desk.inbox.command({
    event,
    place: { channel, thread: undefined },
    person: who,
    name: "draft",
    text,
    options: undefined,
    mentions: [],
    attachments: [],
    isLive: false,
  });

const wordsOf = (reply: Reply) => ("card" in reply ? inWords(reply.card) : reply.kind);

/** The order of the only round there is. */
async function ordered() {
  const [id, ...more] = await desk.roundsOf(channel);
  expect(more).toEqual([]);
  if (id === undefined) throw new Error("no round was started");
  return (await desk.roundOf(id)).order;
}

describe("/draft", () => {
  it("starts a round, with its credits held and its jobs decided", async () => {
    const reply = await draft("a red fox in snow");
    expect(reply).toMatchObject({ kind: "started", card: { tone: "ok", actions: [] } });
    expect(wordsOf(reply)).toBe("Drafting 4 takes. 4 credits held, 46 left.");
    expect(await ordered()).toEqual({
      prompt: "a red fox in snow",
      seed: expect.any(Number),
      aspect: "1:1",
      count: 4,
      finalSize: "2K",
      keep: "close",
      references: [],
    });
    expect(await desk.balance(channel)).toEqual({ available: 46, reserved: 4, spent: 0 });
    const [id] = await desk.roundsOf(channel);
    const { rows } = await bench.pool.query(
      "select tree->'job'->>'name' as name, jsonb_array_length(tree->'children') as children from draftroom.outbox where tree::text like '%' || $1 || '%' or tree->'job'->'payload'->>'post' = (select post from draftroom.rounds where id = $1) order by seq",
      [id],
    );
    expect(rows).toEqual([
      { name: "post.deliver", children: 0 },
      { name: "grid.compose", children: 4 },
    ]);
  });

  it.each([
    [
      "a fox --count 6 --aspect 16:9 --seed 7 --size 4K",
      { count: 6, aspect: "16:9", seed: 7, finalSize: "4K" },
    ],
    ["a fox --aspect 16x9", { aspect: "16:9" }],
    ["a fox --aspect 16/9", { aspect: "16:9" }],
    ["a fox --aspect 9×16", { aspect: "9:16" }],
    ["a fox --aspect 16X9", { aspect: "16:9" }],
    ["a fox --size 1k", { finalSize: "1K" }],
    ["a fox --keep exact", { keep: "exact" }],
    ["a fox --keep Loose", { keep: "loose" }],
    ["a fox --seed 0", { seed: 0 }],
    ["a fox --seed 4294967295", { seed: 4294967295 }],
    ["a fox —count 2 –seed 3", { count: 2, seed: 3 }],
    ["“a fox” --count=1", { prompt: "a fox", count: 1 }],
  ])("%s", async (text, order) => {
    await draft(text);
    expect(await ordered()).toMatchObject(order);
  });

  it.each([
    [
      "@everyone look <!channel> <@U1> *b* _i_ `c` [x](http://y)",
      "@everyone look <!channel> <@U1> *b* _i_ `c` [x](http://y)",
    ],
    ["safe\u202etxt\u200b \u0007fox\nin   snow", "safetxt fox in snow"],
    ["'); drop table rounds; --", "'); drop table rounds; --"],
    ["../../etc/passwd", "../../etc/passwd"],
  ])("keeps %j as words", async (text, prompt) => {
    await draft(text);
    expect((await ordered()).prompt).toBe(prompt);
    const [id] = await desk.roundsOf(channel);
    const { post } = await desk.roundOf(id ?? fresh());
    const card = desk.platform.shown.get(await desk.show(post));
    expect(card?.body[0]).toContainEqual({ type: "bold", text: prompt });
  });

  const LONG = "That prompt has 1001 characters; 1000 is the most. Shorten it a little.";
  const COUNT = "--count is a whole number from 1 to 16, such as --count 4. You gave";
  const SEED = "--seed is a whole number from 0 to 4294967295, such as --seed 7. You gave";
  const ASPECT = "--aspect is one of 1:1 16:9 9:16 4:5 5:4 3:2 2:3 3:4 4:3 21:9. You gave";
  it.each([
    ["\u200b", "Say what to draft, for example: /draft a red fox in snow"],
    ['""', "Say what to draft, for example: /draft a red fox in snow"],
    ["--count 4", "Say what to draft, for example: /draft a red fox in snow"],
    ["é".repeat(1001), LONG],
    ["a fox --count 0", `${COUNT} 0.`],
    ["a fox --count 17", `${COUNT} 17.`],
    ["a fox --count 1.5", `${COUNT} 1.5.`],
    ["a fox --count -3", `${COUNT} -3.`],
    ["a fox --count abc", `${COUNT} abc.`],
    ["a fox --count 1e1", `${COUNT} 1e1.`],
    ["a fox --count 0x4", `${COUNT} 0x4.`],
    ["a fox --aspect 7:3", `${ASPECT} 7:3.`],
    ["a fox --aspect wide", `${ASPECT} wide.`],
    ["a fox --size 8K", "--size is one of 1K 2K 4K: the size of the final. You gave 8K."],
    [
      "a fox --keep tight",
      "--keep is one of loose close exact: how closely the final follows its take. You gave tight.",
    ],
    ["a fox --like", "--like needs a value. The id of an image of this channel: its recipe again."],
    ["a fox --seed -1", `${SEED} -1.`],
    ["a fox --seed 4294967296", `${SEED} 4294967296.`],
    ["a fox --seed 1.5", `${SEED} 1.5.`],
    ["a fox --seed 99999999999", `${SEED} 99999999999.`],
    ["a fox --conut 4", "There is no --conut. Did you mean --count?"],
    ["a fox --count", "--count needs a value, such as --count 7."],
    ["a fox --count 2 --count 3", "--count was given twice. Give it once."],
  ])("%.30j: %s", async (text, sentence) => {
    const reply = await draft(text);
    expect(wordsOf(reply)).toBe(sentence);
    expect(reply).toMatchObject({ kind: "whisper", card: { tone: "warn" } });
    expect(await desk.roundsOf(channel)).toEqual([]);
    expect(await desk.balance(channel)).toEqual({ available: 50, reserved: 0, spent: 0 });
  });

  it("takes a thousand characters", async () => {
    await draft("é".repeat(1000));
    expect([...(await ordered()).prompt]).toHaveLength(1000);
  });

  it("alone opens the form, which asks the same", async () => {
    const reply = await draft("   ");
    if (reply.kind !== "form") throw new Error("no form");
    expect(reply.form.fields.map((each) => each.name)).toEqual(["prompt", "count", "aspect", "size", "seed"]);
    const submit = (answers: Record<string, string>) =>
      desk.inbox.submit({
        event: fresh<EventId>(),
        place: { channel, thread: undefined },
        person: MIA,
        form: "draft",
        answers,
        attachments: [],
        isLive: false,
      });
    expect((await submit({ prompt: "" })).kind).toBe("refused");
    expect(wordsOf(await submit({ prompt: "", count: "4" }))).toMatch(/^Say what to draft/);
    expect(wordsOf(await submit({ prompt: "a fox", count: "17" }))).toMatch(/^Count is .*such as 4\. /);
    expect(wordsOf(await submit({}))).toMatch(/^Say what to draft/);
    const defaults = Object.fromEntries(reply.form.fields.map((each) => [each.name, each.value]));
    expect(wordsOf(await submit({ ...defaults, prompt: "a fox — running", count: "1" }))).toBe(
      "Drafting 1 take. 1 credit held, 49 left.",
    );
    expect(await ordered()).toMatchObject({
      prompt: "a fox — running",
      count: 1,
      aspect: "1:1",
      finalSize: "2K",
    });
  });

  it("dry runs say the price and spend nothing", async () => {
    expect(wordsOf(await draft("a fox --count 6 --size 4K --dry-run"))).toBe(
      "6 takes by test cost 6 credits, a 4K final by test 7 more. This channel has 50. Leave out --dry-run to start.",
    );
    await draft("a hare --count 16");
    await draft("a hare --count 16");
    await draft("a hare --count 16");
    expect(wordsOf(await draft("a fox --dry-run"))).toMatch(/more than there is: ask for fewer takes/);
    expect(await desk.roundsOf(channel)).toHaveLength(3);
    expect(await desk.balance(channel)).toEqual({ available: 2, reserved: 48, spent: 0 });
  });

  it("the same event is one round", async () => {
    const event = fresh<EventId>();
    const replies = await Promise.all(Array.from({ length: 5 }, () => draft("a fox", MIA, event)));
    expect(replies.map((each) => each.kind).toSorted()).toEqual(["done", "done", "done", "done", "started"]);
    expect(await desk.roundsOf(channel)).toHaveLength(1);
    expect(await desk.balance(channel)).toEqual({ available: 46, reserved: 4, spent: 0 });
  });

  it("without the credits starts nothing, and says whom to ask and what is there", async () => {
    for (let index = 0; index < 3; index++) await draft("a fox --count 16");
    expect(wordsOf(await draft("a fox"))).toBe(
      `This channel has 2 credits left; this costs 4. Nothing was started. Ask @${MAX}.`,
    );
    expect(await desk.roundsOf(channel)).toHaveLength(3);
    const { rows } = await bench.pool.query("select * from draftroom.lanes where channel = $1", [channel]);
    expect(rows).toMatchObject([{ finish: expect.any(String) }]);
  });

  it("in a frozen channel starts nothing", async () => {
    await desk.database.records.ledger.freeze(await desk.account(channel), MAX, desk.clock());
    expect(wordsOf(await draft("a fox"))).toBe(
      `This channel's budget is frozen by @${MAX}, so nothing new can start. What was started goes on. Ask @${MAX}.`,
    );
    expect(await desk.roundsOf(channel)).toEqual([]);
  });
});
