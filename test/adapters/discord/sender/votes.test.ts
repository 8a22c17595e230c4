import { expect, it } from "vitest";
import { plainCard } from "../../../../src/core/card.ts";
import { once, useSenderDesks } from "./sender-desk.ts";

const open = useSenderDesks();
const said = (words: string) => plainCard("info", words);
const READ = "GET /channels/{channel}/messages/{message}/reactions/{emoji}";

it("reads who has put on what, without the bot", async () => {
  const { sender, place, guild, ada, at, user, calls } = await open();
  const noor = guild.addPerson("noor");
  const ref = await sender.post(place, said("here"), once("k1"));
  await sender.seed(ref, ["n1", "n2", "reroll"]);
  expect(await sender.reactions(ref)).toEqual([]);
  expect(calls(READ)).toHaveLength(0);
  const message = at(ref);
  if (message === undefined) throw new Error("there is no message");
  ada.react(message, "1️⃣");
  noor.react(message, "1️⃣");
  noor.react(message, "✅");
  noor.react(message, "🦊");
  const levels = await sender.reactions(ref);
  expect(levels).toHaveLength(2);
  expect(levels).toContainEqual({ emoji: "n1", people: [user(ada), user(noor)] });
  expect(levels).toContainEqual({ emoji: "approve", people: [user(noor)] });
  expect(calls(READ)).toHaveLength(2);
});

it("counts super reactions like any other, once a person", async () => {
  const { sender, place, guild, ada, at, user } = await open();
  const noor = guild.addPerson("noor");
  const ref = await sender.post(place, said("here"), once("k1"));
  await sender.seed(ref, ["n1"]);
  const message = at(ref);
  if (message === undefined) throw new Error("there is no message");
  ada.react(message, "1️⃣", { burst: true });
  ada.react(message, "1️⃣");
  noor.react(message, "✅", { burst: true });
  expect(await sender.reactions(ref)).toEqual([
    { emoji: "n1", people: [user(ada)] },
    { emoji: "approve", people: [user(noor)] },
  ]);
});

it("reads as many people as there are, page by page, through limits", async () => {
  const { sender, place, guild, at, user, calls } = await open({ limits: "real" });
  const ref = await sender.post(place, said("here"), once("k1"));
  const message = at(ref);
  if (message === undefined) throw new Error("there is no message");
  const crowd = Array.from({ length: 230 }, (_, index) => guild.addPerson(`person ${index}`));
  for (const person of crowd) person.react(message, "2️⃣");
  const [level, ...others] = await sender.reactions(ref);
  expect(others).toEqual([]);
  expect(level?.emoji).toBe("n2");
  expect(new Set(level?.people)).toEqual(new Set(crowd.map(user)));
  expect(calls(READ)).toHaveLength(3);
});
