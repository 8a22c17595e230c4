import { expect, it } from "vitest";
import { plainCard } from "../../../../src/core/card.ts";
import type { PostId } from "../../../../src/core/ids.ts";
import { createRandom } from "../../../support/cloud/random.ts";
import { GRID, openGatewayDesk } from "./gateway-desk.ts";

const ROUNDS = 24;

it("whatever happens on the way, each draft is shown once or spoken of, and each reaction arrives", async () => {
  const seed = Math.floor(Math.random() * 2 ** 32);
  const random = createRandom(seed);
  const { start, post, ada, brand, discord } = await openGatewayDesk({ seed });
  const { inbox, client, said } = await start();
  const flaky = () => random() < 0.25;
  const recorded: string[] = [];
  inbox.script.command = async ({ text }) => {
    if (flaky()) throw new Error("not now");
    recorded.push(text);
    const card = plainCard("busy", `Drafting ${text}.`);
    return { kind: "started", card, post: text.replace(" ", "") as PostId };
  };
  const on = new Set<string>();
  inbox.script.reaction = async ({ message }) => {
    if (flaky()) throw new Error("not now");
    on.add(message);
  };
  for (const type of ["INTERACTION_CREATE", "MESSAGE_REACTION_ADD"]) {
    discord.faults.event(type, { kind: "duplicate" }, { p: 0.2 });
    discord.faults.event(type, { kind: "delay", ms: 100 }, { p: 0.2 });
  }
  for (const kind of ["reset_before", "reset_after", "lost_answer"] as const) {
    discord.faults.call("POST /interactions/*", { kind }, { p: 0.1 });
  }

  const asked: Promise<unknown>[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    asked.push(ada.command(brand, "draft", { prompt: `fox ${round}` }));
    ada.react(await post(client, GRID), "1️⃣");
    if (round % 8 === 7) discord.gateway.cut();
  }
  await Promise.all(asked);
  await expect.poll(() => on.size, { timeout: 20_000, message: `seed ${seed}` }).toBe(ROUNDS);

  const shown = (round: number) =>
    brand.messages().filter(({ words }) => words.includes(`Drafting fox ${round}.`)).length;
  const told = () =>
    ada.privates(brand).filter(({ words }) => words.includes("could not be recorded")).length +
    said("discord.answer_not_shown") +
    said("discord.answer_in_doubt");
  const posts = Array.from({ length: ROUNDS }, (_, round) => shown(round));
  expect(Math.max(...posts), `seed ${seed}`).toBe(1);
  const silent = posts.filter((count) => count === 0).length;
  await expect.poll(told, { timeout: 10_000, message: `seed ${seed}` }).toBeGreaterThanOrEqual(silent);
  // What is said to be a post's message is.
  for (const { post: id, message } of inbox.answers) {
    if (message === undefined) continue;
    const words = brand.message(message.split(":").at(-1) ?? "")?.words;
    expect(words, `seed ${seed}`).toContain(`Drafting fox ${id.slice("fox".length)}.`);
  }
  expect(said("discord.event_failed"), `seed ${seed}`).toBe(0);
  expect(recorded.length).toBeGreaterThan(0);
}, 60_000);
