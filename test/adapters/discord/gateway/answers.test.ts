import { afterEach, describe, expect, it, vi } from "vitest";
import { plainCard } from "../../../../src/core/card.ts";
import { ANSWER_MS, type Reply } from "../../../../src/ports/chat.ts";
import { DRAFT_FORM, STARTED } from "../../../support/scripted-inbox.ts";
import { latestWhisper, openGatewayDesk, wordsOf } from "./gateway-desk.ts";
import { POST } from "./scripted-inbox.ts";

afterEach(() => void vi.useRealTimers());

const RESPOND = "POST /interactions/*";
const started: Reply = { kind: "started", card: STARTED, post: POST };
const away = () => Promise.reject(new Error("the database is away"));

/** Longer than an answer waits, and (with the way there and back) about as long as Discord does. */
const SLOW_MS = 2_600;
const slowly = (reply: Reply) => async () => {
  await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
  return reply;
};

/** Nobody has seen "the application did not respond", nor was anything answered too late or twice. */
function expectNoTrouble({ discord }: Awaited<ReturnType<typeof openGatewayDesk>>): void {
  const codes = discord.calls().map(({ answer }) => answer?.code);
  expect(codes.filter((code) => code !== undefined)).toEqual([]);
}

describe("when the story takes long", () => {
  it("the live message is put off, and then shown where it was put off", async () => {
    const desk = await openGatewayDesk();
    const { start, ada, brand, ref } = desk;
    const { inbox } = await start();
    inbox.script.command = slowly(started);
    const outcome = await ada.command(brand, "draft", { prompt: "a red fox" });
    expect(outcome).toMatchObject({ kind: "deferred", message: { isThinking: true, isPrivate: false } });
    await expect.poll(() => inbox.answers.length, { timeout: 5_000 }).toBe(1);
    const [message, ...others] = brand.messages();
    expect(others).toEqual([]);
    expect(message).toMatchObject({ isThinking: false, pings: [] });
    expect(message?.words).toContain(STARTED.summary);
    expect(inbox.answers).toEqual([{ post: POST, message: message && ref(message) }]);
    expectNoTrouble(desk);
  });

  it("the live message is left to whoever posts, once that may have looked for it", async () => {
    const desk = await openGatewayDesk();
    const { start, ada, brand } = desk;
    const { inbox } = await start();
    inbox.script.command = async () => {
      const reply = await slowly(started)();
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ANSWER_MS });
      return reply;
    };
    await ada.command(brand, "draft", { prompt: "a red fox" });
    await expect.poll(() => inbox.answers, { timeout: 5_000 }).toEqual([{ post: POST, message: undefined }]);
    expect(brand.messages()).toEqual([]);
    expectNoTrouble(desk);
  });

  it("what turns out to be private is seen by nobody else", async () => {
    const desk = await openGatewayDesk();
    const { start, ada, mia, brand } = desk;
    const { inbox } = await start();
    inbox.script.command = slowly({ kind: "whisper", card: plainCard("warn", "2 credits are left.") });
    await ada.command(brand, "draft", { prompt: "a red fox" });
    await expect.poll(() => latestWhisper(ada, brand), { timeout: 5_000 }).toContain("2 credits are left.");
    expect(brand.messages()).toEqual([]);
    expect(mia.sees(brand)).toEqual([]);
    expectNoTrouble(desk);
  });

  it("a private answer is put off in private", async () => {
    const desk = await openGatewayDesk();
    const { start, ada, brand } = desk;
    const { inbox } = await start();
    inbox.script.command = slowly({ kind: "whisper", card: plainCard("info", "This is help.") });
    expect(await ada.command(brand, "help")).toMatchObject({
      kind: "deferred",
      message: { isPrivate: true },
    });
    await expect.poll(() => latestWhisper(ada, brand), { timeout: 5_000 }).toContain("This is help.");
    expectNoTrouble(desk);
  });

  it("it is too late for a form, and the person is told so", async () => {
    const desk = await openGatewayDesk();
    const { start, ada, brand } = desk;
    const { inbox } = await start();
    inbox.script.command = slowly({ kind: "form", form: DRAFT_FORM });
    await ada.command(brand, "draft");
    await expect.poll(() => latestWhisper(ada, brand), { timeout: 5_000 }).toContain("That took long.");
    expect(ada.form()).toBeUndefined();
    expectNoTrouble(desk);
  });

  it("a click shows nothing until it is answered", async () => {
    const desk = await openGatewayDesk();
    const { start, post, ada, brand } = desk;
    const { inbox, client } = await start();
    inbox.script.press = slowly({ kind: "whisper", card: plainCard("info", "Only art directors pick.") });
    expect(await ada.press(await post(client), "1")).toEqual({ kind: "acked" });
    await expect.poll(() => latestWhisper(ada, brand), { timeout: 5_000 }).toContain("Only art directors");
    expectNoTrouble(desk);
  });

  it("a form that was sent off is answered all the same", async () => {
    const desk = await openGatewayDesk();
    const { start, ada, brand } = desk;
    const { inbox } = await start();
    await ada.command(brand, "draft");
    inbox.script.submit = slowly(started);
    await ada.submit({ prompt: "a red fox" });
    await expect.poll(() => inbox.answers.length, { timeout: 5_000 }).toBe(1);
    expect(brand.messages()[0]?.words).toContain(STARTED.summary);
    expectNoTrouble(desk);
  });
});

describe("when it could not be recorded", () => {
  it("it is tried again, as the same event", async () => {
    const { start, ada, brand } = await openGatewayDesk();
    const { inbox } = await start();
    const usual = inbox.script.command;
    inbox.script.command = () => {
      inbox.script.command = usual;
      return away();
    };
    expect(wordsOf(await ada.command(brand, "help"))).toContain("This is help.");
    expect(new Set(inbox.commandCalls.map(({ event }) => event)).size).toBe(1);
    expect(inbox.commandCalls).toHaveLength(2);
  });

  it("the person hears when to try again, and no promise that nobody can give", async () => {
    const { start, ada, brand } = await openGatewayDesk();
    const { inbox, said } = await start();
    inbox.script.command = away;
    const outcome = await ada.command(brand, "draft", { prompt: "a red fox" });
    expect(outcome).toMatchObject({ kind: "replied", message: { isPrivate: true } });
    expect(wordsOf(outcome)).toMatch(
      /could not be recorded. Unless it shows .* nothing was charged: try again/,
    );
    expect(said("discord.event_not_recorded")).toBe(1);
    expect(inbox.answers).toEqual([]);
  });

  it("a message that is not known to stand yet is asked about for longer", async () => {
    const { start, post, ada, brand } = await openGatewayDesk();
    const { inbox, client } = await start();
    let tries = 0;
    inbox.script.press = async () => {
      tries += 1;
      if (tries < 6) throw new Error("a message is being posted there: this may be it");
      return { kind: "whisper", card: plainCard("info", "Picked.") };
    };
    expect(await ada.press(await post(client), "1")).toEqual({ kind: "acked" });
    await expect.poll(() => latestWhisper(ada, brand), { timeout: 15_000 }).toContain("Picked.");
    expect(new Set(inbox.presses.map(({ event }) => event)).size).toBe(1);
  }, 20_000);
});

describe("when Discord does not take the answer", () => {
  it("the post is shown by whoever posts", async () => {
    const { start, ada, brand, discord } = await openGatewayDesk();
    const { inbox, said } = await start();
    discord.faults.call(RESPOND, { kind: "error", code: 10062, status: 404 });
    await ada.command(brand, "draft", { prompt: "a red fox" });
    await expect.poll(() => inbox.answers).toEqual([{ post: POST, message: undefined }]);
    expect(said("discord.answer_not_shown")).toBe(1);
  });

  it("and it is too late, that is known as well", async () => {
    const { start, ada, brand, discord } = await openGatewayDesk({ ackMs: 300 });
    const { inbox } = await start();
    inbox.script.command = async () => {
      await new Promise((resolve) => setTimeout(resolve, 600));
      return started;
    };
    expect(await ada.command(brand, "draft", { prompt: "a red fox" })).toMatchObject({ kind: "failed" });
    await expect.poll(() => inbox.answers).toEqual([{ post: POST, message: undefined }]);
    expect(brand.messages()).toEqual([]);
    expect(discord.calls(RESPOND).at(-1)?.answer?.code).toBe(10062);
  });

  it("nothing is said while nobody knows", async () => {
    const { start, ada, brand, discord } = await openGatewayDesk();
    const { inbox, said } = await start();
    discord.faults.call(RESPOND, { kind: "reset_after" });
    await ada.command(brand, "draft", { prompt: "a red fox" });
    // The second try has heard that it was answered: by the first, or by another session.
    await expect.poll(() => said("discord.answer_in_doubt")).toBe(1);
    expect(brand.messages()).toHaveLength(1);
    expect(inbox.answers).toEqual([]);
  });

  it("a connection that broke before is made again", async () => {
    const { start, ada, brand, discord, ref } = await openGatewayDesk();
    const { inbox } = await start();
    discord.faults.call(RESPOND, { kind: "reset_before" });
    await ada.command(brand, "draft", { prompt: "a red fox" });
    await expect.poll(() => inbox.answers.length).toBe(1);
    const [message] = brand.messages();
    expect(inbox.answers).toEqual([{ post: POST, message: message && ref(message) }]);
  });

  it("a private word is tried again where limits did not let it through", async () => {
    const { start, post, ada, brand, discord } = await openGatewayDesk();
    const { inbox, client } = await start();
    inbox.script.press = slowly({ kind: "whisper", card: plainCard("info", "Only art directors pick.") });
    const message = await post(client);
    discord.faults.call("POST /webhooks/*", { kind: "rate_limited", retryAfterS: 0.3 });
    await ada.press(message, "1");
    await expect.poll(() => latestWhisper(ada, brand), { timeout: 6_000 }).toContain("Only art directors");
  });

  it("no token comes into the log", async () => {
    const { start, ada, brand, discord } = await openGatewayDesk();
    const { log, said } = await start();
    discord.faults.call(RESPOND, { kind: "status", status: 502 }, { times: 2 });
    await ada.command(brand, "help");
    await expect.poll(() => said("discord.answer_not_shown")).toBe(1);
    const token = `${discord.interactions[0]?.payload.token}`;
    expect(token.length).toBeGreaterThan(5);
    expect(log.words()).not.toContain(token);
    expect(log.words()).not.toContain(discord.token);
  });
});
