import { describe, expect, it } from "vitest";
import { GRID, openGatewayDesk } from "./gateway-desk.ts";

const away = () => Promise.reject(new Error("the database is away"));

describe("a reaction", () => {
  it("comes when it is put on, and when it is taken off", async () => {
    const { start, post, ada, brand, place, user, ref } = await openGatewayDesk();
    const { inbox, client } = await start();
    const message = await post(client);
    ada.react(message, "2️⃣");
    ada.unreact(message, "2️⃣");
    const change = { message: ref(message), place: place(brand), person: user(ada), emoji: "n2" };
    await expect
      .poll(() => inbox.reactions)
      .toEqual([
        { ...change, on: true },
        { ...change, on: false },
      ]);
  });

  it.each([
    ["1️⃣", "n1"],
    ["9️⃣", "n9"],
    ["🔄", "reroll"],
    ["✅", "approve"],
    ["❌", "reject"],
  ])("%s means %s, super or not", async (sign, emoji) => {
    const { start, post, ada, mia } = await openGatewayDesk();
    const { inbox, client } = await start();
    const message = await post(client);
    ada.react(message, sign);
    mia.react(message, sign, { burst: true });
    await expect.poll(() => inbox.reactions.map((each) => each.emoji)).toEqual([emoji, emoji]);
  });

  it("that means nothing, on a message that is not ours, or of the bot's own does not come", async () => {
    const { start, post, ada, brand } = await openGatewayDesk();
    const { inbox, client } = await start();
    const message = await post(client);
    ada.react(message, "🦊");
    ada.react(ada.say(brand, "a red fox"), "✅");
    await client.rest.put(
      `/channels/${brand.id}/messages/${message.id}/reactions/${encodeURIComponent("✅")}/@me`,
    );
    ada.react(message, "✅");
    await expect.poll(() => inbox.reactions.length).toBe(1);
    expect(inbox.reactions[0]).toMatchObject({ emoji: "approve" });
  });

  it("in a thread comes from there, also in one that was archived before we came", async () => {
    const { start, post, ada, brand, place, ref } = await openGatewayDesk();
    const first = await start();
    const thread = brand.openThread("a red fox", ada);
    const message = await post(first.client, GRID, thread);
    await first.gateway.stop();
    thread.archive();
    const { inbox } = await start();
    // Somebody has said something there, which opens it again.
    ada.say(thread, "still good");
    ada.react(message, "✅");
    await expect.poll(() => inbox.reactions.length).toBe(1);
    expect(inbox.reactions[0]).toMatchObject({ message: ref(message), place: place(thread) });
  });

  it("taken off by somebody who was never seen comes as well", async () => {
    const { start, post, ada } = await openGatewayDesk();
    const first = await start();
    const message = await post(first.client);
    ada.react(message, "✅");
    await first.gateway.stop();
    const { inbox } = await start();
    ada.unreact(message, "✅");
    await expect.poll(() => inbox.reactions.map(({ on }) => on)).toEqual([false]);
  });

  it("tells the person's roles before the story asks for them", async () => {
    const { start, post, guild } = await openGatewayDesk();
    const { inbox, client, roles } = await start();
    const art = guild.addRole("art");
    const noor = guild.addPerson("noor", { roles: [art] });
    const known: number[] = [];
    inbox.script.reaction = async () => void known.push(roles.seen.length);
    noor.react(await post(client), "✅");
    await expect.poll(() => known).toEqual([1]);
    expect(roles.seen).toEqual([
      { guild: guild.id, user: noor.id, roles: expect.arrayContaining([art.id]), permissions: undefined },
    ]);
  });

  it("that could not be recorded is tried again, before the next of that person on that message", async () => {
    const { start, post, ada, mia } = await openGatewayDesk();
    const { inbox, client } = await start();
    const recorded: string[] = [];
    let failures = 2;
    inbox.script.reaction = async ({ person, on }) => {
      const who = person.endsWith(ada.id) ? "ada" : "mia";
      if (who === "ada" && failures-- > 0) return away();
      recorded.push(`${who} ${on ? "on" : "off"}`);
    };
    const message = await post(client);
    ada.react(message, "✅");
    ada.unreact(message, "✅");
    mia.react(message, "✅");
    await expect.poll(() => recorded, { timeout: 5_000 }).toEqual(["mia on", "ada on", "ada off"]);
  });

  it("that could not be recorded is left to the next start when it is to stop", async () => {
    const { start, post, ada } = await openGatewayDesk();
    const { inbox, client, gateway, said } = await start();
    inbox.script.reaction = away;
    ada.react(await post(client), "✅");
    await expect.poll(() => inbox.reactions.length).toBeGreaterThan(0);
    await gateway.stop();
    expect(said("discord.reaction_left")).toBe(1);
  });
});
