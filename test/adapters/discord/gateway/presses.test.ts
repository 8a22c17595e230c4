import { MessageFlags } from "discord.js";
import { expect, it } from "vitest";
import { plainCard } from "../../../../src/core/card.ts";
import { DRAFT_FORM, STARTED } from "../../../support/scripted-inbox.ts";
import { GRID, latestWhisper, openGatewayDesk, wordsOf } from "./gateway-desk.ts";

it("a click comes with the message that it was on, and shows nothing by itself", async () => {
  const { start, post, ada, brand, place, user, ref, discord } = await openGatewayDesk();
  const { inbox, client } = await start();
  const message = await post(client);
  expect(await ada.press(message, "Reroll")).toEqual({ kind: "acked" });
  expect(inbox.presses).toEqual([
    {
      event: `discord:interaction:${discord.interactions[0]?.id}`,
      place: place(brand),
      person: user(ada),
      message: ref(message),
      action: "reroll.R1",
    },
  ]);
  expect(brand.message(message.id)?.edits).toBe(0);
});

it("in a thread comes from there", async () => {
  const { start, post, ada, brand, place, ref } = await openGatewayDesk();
  const { inbox, client } = await start();
  const thread = brand.openThread("a red fox", ada);
  const message = await post(client, GRID, thread);
  await ada.press(message, "1");
  expect(inbox.presses[0]).toMatchObject({ place: place(thread), message: ref(message) });
});

it.each(["whisper", "started"] as const)("what is %s comes in private", async (kind) => {
  const { start, post, ada, mia, brand } = await openGatewayDesk();
  const { inbox, client } = await start();
  const card = plainCard("info", "Only art directors pick.");
  inbox.script.press = async () => (kind === "started" ? { kind, card, post: undefined } : { kind, card });
  const message = await post(client);
  const outcome = await ada.press(message, "1");
  expect(outcome).toMatchObject({ kind: "replied", message: { isPrivate: true, pings: [] } });
  expect(wordsOf(outcome)).toContain("Only art directors pick.");
  expect(mia.sees(brand)).toHaveLength(1);
});

it("opens a form", async () => {
  const { start, post, ada } = await openGatewayDesk();
  const { inbox, client } = await start();
  inbox.script.press = async () => ({ kind: "form", form: DRAFT_FORM });
  expect(await ada.press(await post(client), "1")).toMatchObject({ kind: "form", form: { title: "Draft" } });
});

it("roles of whoever has clicked are known before the story asks for them", async () => {
  const { start, post, ada } = await openGatewayDesk();
  const { inbox, client, roles } = await start();
  const known: number[] = [];
  inbox.script.press = async () => {
    known.push(roles.seen.length);
    return { kind: "done" };
  };
  await ada.press(await post(client), "1");
  expect(known).toEqual([1]);
});

it("where permissions are missing, nothing is asked that could be charged", async () => {
  const { start, post, ada, guild, brand } = await openGatewayDesk();
  const { inbox, client } = await start();
  const message = await post(client);
  // What stands in private is about budgets.
  inbox.script.command = async () => ({ kind: "whisper", card: { ...GRID, summary: "496 credits left." } });
  const answer = await ada.command(brand, "help");
  guild.setBotPermissions(0n);
  expect(wordsOf(await ada.press(message, "1"))).toContain("View Channels");
  expect(inbox.presses).toEqual([]);
  if (answer.kind !== "replied") throw new Error(answer.kind);
  expect(await ada.press(answer.message, "1")).toEqual({ kind: "acked" });
  expect(inbox.presses).toHaveLength(1);
});

it("a button of somebody's own making is for the story to judge, on the message that Discord names", async () => {
  const { start, post, ada, ref } = await openGatewayDesk();
  const { inbox, client, said } = await start();
  const message = await post(client);
  await ada.forgePress(message, "number.R999.7");
  await ada.forgePress(message, "quota.set:discord:1:2");
  // Of a form that was never shown.
  expect(wordsOf(await ada.forgePress(message, "form.again~ffffffffffff"))).toContain("not at hand any more");
  expect(inbox.presses.map(({ action }) => action)).toEqual(["number.R999.7", "quota.set:discord:1:2"]);
  expect(new Set(inbox.presses.map((each) => each.message))).toEqual(new Set([ref(message)]));
  expect(said("discord.event_failed")).toBe(0);
});

it("after hours and a restart a click works as before", async () => {
  const { start, post, ada, discord, ref } = await openGatewayDesk();
  const first = await start();
  const message = await post(first.client);
  await first.gateway.stop();
  discord.pass(48 * 60 * 60 * 1000);
  const { inbox } = await start();
  await ada.press(message, "1");
  expect(inbox.presses).toEqual([expect.objectContaining({ message: ref(message), action: "number.R1.1" })]);
});

it("a click is not an answer to the message: that stays as it was", async () => {
  const { start, post, ada, brand, discord } = await openGatewayDesk();
  const { client } = await start();
  const message = await post(client, { ...GRID, summary: STARTED.summary });
  await ada.press(message, "1");
  expect(brand.message(message.id)).toEqual(message);
  expect(discord.calls("POST /interactions/*")[0]?.body).toEqual({ type: 6 });
  expect(latestWhisper(ada, brand)).toBeUndefined();
  expect(message.flags & MessageFlags.IsComponentsV2).not.toBe(0);
});
