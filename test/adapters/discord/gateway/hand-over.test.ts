import { describe, expect, it } from "vitest";
import { openGatewayDesk, wordsOf } from "./gateway-desk.ts";

describe("stopping", () => {
  it("finishes what has begun, and tells others to try again", async () => {
    const { start, ada, mia, brand } = await openGatewayDesk();
    const { inbox, gateway } = await start();
    const [heard, recorded] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const usual = inbox.script.command;
    inbox.script.command = async (call) => {
      heard.resolve();
      await recorded.promise;
      return usual(call);
    };
    const first = ada.command(brand, "help");
    await heard.promise;
    const stopped = gateway.stop();
    expect(wordsOf(await mia.command(brand, "help"))).toMatch(/restarting.*Try again/);
    recorded.resolve();
    expect(wordsOf(await first)).toContain("This is help.");
    await stopped;
    expect(inbox.commandCalls).toHaveLength(1);
  });

  it("closes the connection", async () => {
    const { start, discord } = await openGatewayDesk();
    const { gateway } = await start();
    await gateway.stop();
    await discord.until(() => discord.gateway.sessions.length === 0);
  });
});

describe("two sessions on one shard, as in a hand-over", () => {
  it("both hear everything, and people see one answer", async () => {
    const { start, post, ada, brand, discord } = await openGatewayDesk();
    const [one, other] = [await start(), await start()];
    await ada.command(brand, "draft", { prompt: "a red fox" });
    await ada.press(await post(one.client), "1");
    await expect.poll(() => [one, other].map(({ inbox }) => inbox.presses.length)).toEqual([1, 1]);
    await expect.poll(() => one.inbox.answers.length + other.inbox.answers.length).toBe(1);
    expect(brand.messages()).toHaveLength(2);
    expect(one.inbox.commandCalls[0]?.event).toBe(other.inbox.commandCalls[0]?.event);
    const taken = () => discord.calls("POST /interactions/*").filter(({ answer }) => answer?.code === 40060);
    await expect.poll(taken).toHaveLength(2);
    for (const { log } of [one, other]) {
      expect(log.lines.filter(({ event }) => event.includes("answer_"))).toEqual([]);
    }
  });

  it("whoever has nothing new lets the other show the message", async () => {
    const { start, ada, brand } = await openGatewayDesk();
    const [late, first] = [await start(), await start()];
    late.inbox.script.command = async () => ({ kind: "done" });
    const usual = first.inbox.script.command;
    first.inbox.script.command = async (call) => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      return usual(call);
    };
    const outcome = await ada.command(brand, "draft", { prompt: "a red fox" });
    expect(outcome).toMatchObject({ kind: "replied", message: { isPrivate: false } });
    await expect.poll(() => first.inbox.answers.length).toBe(1);
    expect(ada.privates(brand)).toEqual([]);
  });

  it("a form with pictures is for whoever has opened it, and is one event for both", async () => {
    const { start, ada, brand } = await openGatewayDesk();
    const old = await start();
    const bytes = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.alloc(16)]);
    const message = ada.say(brand, "a red fox", { files: [{ name: "fox.png", bytes }] });
    await ada.messageCommand("Draft from this message", message);
    const fresh = await start();
    expect(await ada.submit({})).toMatchObject({ kind: "replied", message: { isPrivate: false } });
    expect(old.inbox.submissions).toMatchObject([{ attachments: [{ name: "fox.png" }] }]);
    // Without pictures it has nothing to say before the other has.
    expect(fresh.inbox.submissions).toEqual([]);
    await ada.command(brand, "draft");
    old.inbox.script.submit = fresh.inbox.script.submit = () => Promise.reject(new Error("away"));
    const refused = await ada.submit({ prompt: "a red fox" });
    if (refused.kind !== "replied") throw new Error(refused.kind);
    await ada.press(refused.message, "Open the form again");
    await ada.submit({});
    const events = [old, fresh].flatMap(({ inbox }) => inbox.submissions.map(({ event }) => event));
    expect(new Set(events.slice(1)).size).toBe(1);
  });

  it("whoever stops lets the other answer", async () => {
    const { start, ada, brand } = await openGatewayDesk();
    const [old, fresh] = [await start(), await start()];
    const hold = Promise.withResolvers<void>();
    old.inbox.script.command = async () => {
      await hold.promise;
      return { kind: "done" };
    };
    void ada.command(brand, "help");
    await expect.poll(() => old.inbox.commandCalls.length).toBe(1);
    const stopped = old.gateway.stop();
    expect(wordsOf(await ada.command(brand, "help"))).toContain("This is help.");
    hold.resolve();
    await stopped;
    expect(wordsOf(await ada.command(brand, "help"))).toContain("This is help.");
    expect(fresh.inbox.commandCalls).toHaveLength(3);
  });
});

describe("sharding", () => {
  it("runs the shards that it is given", async () => {
    const { create, discord } = await openGatewayDesk({ shards: 4, maxConcurrency: 4 });
    const guilds = [0, 1, 2, 3].map((shard) => {
      const guild = discord.addGuild({ id: `${(BigInt(1_000_000 + shard) << 22n) | 1n}` });
      return { guild, channel: guild.addChannel("brand"), person: guild.addPerson(`ada${shard}`) };
    });
    const [one, other] = [
      create({ shards: { ids: [0, 1], total: 4 } }),
      create({ shards: { ids: [2, 3], total: 4 } }),
    ];
    await Promise.all([one, other].map(({ gateway, inbox }) => gateway.start(inbox)));
    for (const { person, channel } of guilds) await person.command(channel, "help");
    const heard = ({ inbox }: typeof one) => inbox.commandCalls.map(({ person }) => person.split(":").at(-1));
    const ids = guilds.map(({ person }) => person.id);
    expect(heard(one)).toEqual(ids.slice(0, 2));
    expect(heard(other)).toEqual(ids.slice(2));
  });
});
