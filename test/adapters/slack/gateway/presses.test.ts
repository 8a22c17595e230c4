import { afterEach, describe, expect, it } from "vitest";
import { messageRef, workspaceRef } from "../../../../adapters/slack/slack-refs.ts";
import { type Card, plainCard } from "../../../../src/core/card.ts";
import { DRAFT_FORM } from "../../../support/scripted-inbox.ts";
import { type GatewayDesk, latestWhisper, MODES, openGatewayDesk } from "./gateway-desk.ts";

let desk: GatewayDesk;
afterEach(async () => {
  expect(desk.slack.problems).toEqual([]);
  await desk.stop();
});

const GRID: Card = {
  ...plainCard("info", "A grid of takes"),
  actions: [
    { id: "pick:round-1:1", label: "1", style: "plain" },
    { id: "reroll:round-1", label: "Reroll", style: "plain" },
  ],
};
const ONLY_DIRECTORS = plainCard("warn", "Only art directors can pick.");

describe.each(MODES)("presses by %s", (mode) => {
  it("come with the message that carries the button", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack, team } = desk;
    const grid = await desk.post(GRID);
    expect(await ada.press(grid, "Reroll")).toEqual({ kind: "acked" });
    expect(inbox.presses).toEqual([
      {
        event: `slack:trigger:${slack.deliveries[0]?.id}`,
        place: desk.place(brand),
        person: desk.user(ada),
        message: messageRef({ team: team.id, channel: brand.id, ts: grid.ts }),
        action: "reroll:round-1",
      },
    ]);
    expect(ada.whispers(brand)).toEqual([]);
  });

  it("are answered in private, beside the message and in its thread", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    inbox.script.press = async () => ({ kind: "whisper", card: ONLY_DIRECTORS });
    const grid = await desk.post(GRID);
    await ada.press(grid, "1");
    await slack.until(() => latestWhisper(ada, brand)?.includes("Only art directors"));
    expect(brand.message(grid.ts)?.words).toBe(grid.words);
    expect(ada.whispers(brand)[0]?.threadTs).toBeUndefined();

    const final = await desk.post(GRID, grid.ts);
    await ada.press(final, "1");
    await slack.until(() => ada.whispers(brand).some((each) => each.threadTs === grid.ts));
    expect(inbox.presses.map((press) => press.place)).toEqual([
      desk.place(brand),
      desk.place(brand, grid.ts),
    ]);
    // The grid has a thread now, and stands in the channel all the same.
    await ada.press(grid, "1");
    expect(inbox.presses[2]?.place).toEqual(desk.place(brand));
  });

  it("work on what only one person sees", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    inbox.script.command = async () => ({ kind: "whisper", card: GRID });
    await ada.command(brand, "/quota");
    const [whisper] = ada.whispers(brand);
    if (whisper === undefined) throw new Error(slack.describe());
    inbox.script.press = async () => ({ kind: "whisper", card: ONLY_DIRECTORS });
    await ada.press(whisper, "1");
    await slack.until(() => latestWhisper(ada, brand)?.includes("Only art directors"));
    expect(inbox.presses[0]).toMatchObject({ place: desk.place(brand), action: "pick:round-1:1" });
    expect(ada.whispers(brand)[0]?.words).toContain("A grid of takes");
  });

  it("open forms", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    inbox.script.press = async () => ({ kind: "form", form: DRAFT_FORM });
    const grid = await desk.post(GRID);
    const final = await desk.post(GRID, grid.ts);
    await ada.press(final, "1");
    const form = await slack.until(() => ada.modal());
    expect(await ada.submit(form, { "What should be seen?": "closer" })).toEqual({ kind: "closed" });
    expect(inbox.submissions[0]?.place).toEqual(desk.place(brand, grid.ts));
    await slack.until(() => ada.whispers(brand).some((each) => each.threadTs === grid.ts));
  });

  it("tell the person when they could not be recorded, or the form not be opened", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    const grid = await desk.post(GRID);
    inbox.script.press = () => Promise.reject(new Error("the database is away"));
    expect(await ada.press(grid, "1")).toEqual({ kind: "acked" });
    await slack.until(() => latestWhisper(ada, brand)?.includes("could not be recorded"));
    inbox.script.press = async () => ({ kind: "form", form: DRAFT_FORM });
    slack.faults.call("views.open", { kind: "error", error: "expired_trigger_id" });
    await ada.press(grid, "1");
    await slack.until(() => latestWhisper(ada, brand)?.includes("too long to open the form"));
  });

  it("are told by a whisper when their own address does not work", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    inbox.script.press = async () => ({ kind: "whisper", card: ONLY_DIRECTORS });
    const grid = await desk.post(GRID);
    slack.faults.call("response_url", { kind: "status", status: 500 });
    slack.faults.call("chat.postEphemeral", { kind: "rate_limited", retryAfterS: 1 });
    await ada.press(grid, "1");
    await slack.until(() => latestWhisper(ada, brand)?.includes("Only art directors"));
    expect(ada.whispers(brand)).toHaveLength(1);
  });

  it("delivered twice are done once", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    inbox.script.press = async () => ({ kind: "whisper", card: ONLY_DIRECTORS });
    const grid = await desk.post(GRID);
    slack.faults.event("block_actions", { kind: "duplicate" });
    await ada.press(grid, "1");
    await slack.settled();
    await slack.until(() => ada.whispers(brand).length > 0);
    expect(slack.deliveries).toHaveLength(2);
    expect(inbox.presses).toHaveLength(1);
    expect(ada.whispers(brand)).toHaveLength(1);
  });
});

describe.each(MODES)("a person's own page by %s", (mode) => {
  const BUDGET: Card = {
    ...plainCard("info", "#brand: 496 of 500 credits left"),
    actions: [{ id: "quota:add", label: "Add", style: "plain" }],
  };

  it("shows what is under way", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, inbox, slack, team } = desk;
    ada.openHome();
    const home = await slack.until(() => ada.home());
    expect(home.words).toContain("Nothing under way.");
    expect(inbox.homes).toEqual([{ workspace: workspaceRef(team.id), person: desk.user(ada) }]);
    ada.openMessagesTab();
    await slack.settled();
    expect(inbox.homes).toHaveLength(1);
  });

  it("says so when it cannot be read", async () => {
    desk = await openGatewayDesk(mode);
    desk.inbox.script.home = () => Promise.reject(new Error("the database is away"));
    desk.ada.openHome();
    const home = await desk.slack.until(() => desk.ada.home());
    expect(home.words).toContain("could not be read just now");
  });

  it("answers its buttons in a modal, and is as it is now afterwards", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, inbox, slack } = desk;
    inbox.script.home = async () => [BUDGET];
    ada.openHome();
    const home = await slack.until(() => ada.home());
    inbox.script.home = async () => [plainCard("info", "It is another day.")];
    inbox.script.press = async () => ({ kind: "whisper", card: plainCard("warn", "Only managers can.") });
    await ada.press(home, "Add");
    const modal = await slack.until(() => ada.modal());
    expect(modal.words).toContain("Only managers can.");
    expect(inbox.presses[0]).toMatchObject({ action: "quota:add", message: undefined });
    await slack.until(() => ada.home()?.words.includes("It is another day."));
  });

  it("takes forms, whose answers come back to it", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, inbox, slack } = desk;
    inbox.script.home = async () => [BUDGET];
    ada.openHome();
    const home = await slack.until(() => ada.home());
    inbox.script.press = async () => ({ kind: "form", form: DRAFT_FORM });
    await ada.press(home, "Add");
    const form = await slack.until(() => ada.modal());
    inbox.script.home = async () => [plainCard("info", "#brand: 596 of 600 credits left")];
    inbox.script.submit = async () => ({ kind: "whisper", card: plainCard("ok", "100 credits added.") });
    const outcome = await ada.submit(form, { "What should be seen?": "100" });
    expect(outcome).toMatchObject({
      kind: "updated",
      view: { words: expect.stringContaining("100 credits") },
    });
    expect(inbox.submissions[0]?.place).toEqual(inbox.presses[0]?.place);
    await slack.until(() => ada.home()?.words.includes("596 of 600"));
  });

  it("goes on in its modal, where there is one already", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, inbox, slack } = desk;
    inbox.script.home = async () => [BUDGET];
    ada.openHome();
    const home = await slack.until(() => ada.home());
    inbox.script.press = async () => ({ kind: "whisper", card: BUDGET });
    await ada.press(home, "Add");
    const budget = await slack.until(() => ada.modal());
    inbox.script.press = async () => ({ kind: "whisper", card: ONLY_DIRECTORS });
    await ada.press(budget, "Add");
    const refused = await slack.until(() =>
      ada.modal()?.words.includes("Only art") ? ada.modal() : undefined,
    );
    expect(refused.id).toBe(budget.id);
    inbox.script.press = async () => ({ kind: "whisper", card: BUDGET });
    await ada.press(home, "Add");
    const again = await slack.until(() => (ada.modal()?.buttons.length === 1 ? ada.modal() : undefined));
    inbox.script.press = async () => ({ kind: "form", form: DRAFT_FORM });
    await ada.press(again, "Add");
    await slack.until(() => ada.modal()?.fields.length === 2);
    expect(inbox.presses.map((press) => press.message)).toEqual([undefined, undefined, undefined, undefined]);
  });
});
