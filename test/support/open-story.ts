import { createDraftCommand } from "../../commands/draft.ts";
import { createEdit } from "../../commands/edit.ts";
import { createHelpCommand } from "../../commands/help.ts";
import { createHome } from "../../commands/home.ts";
import { createInbox } from "../../commands/inbox.ts";
import { createQuotaCommand } from "../../commands/quota.ts";
import { createQuotaForms } from "../../commands/quota-forms.ts";
import { createSendBack } from "../../commands/send-back.ts";
import { createVary } from "../../commands/vary.ts";
import { createReadQuota } from "../../src/budgets/quota.ts";
import { createChoose } from "../../src/choices/choose.ts";
import { credits } from "../../src/core/credits.ts";
import { createIdSource } from "../../src/core/id-source.ts";
import type { Prices } from "../../src/core/prices.ts";
import { createDecideFinal } from "../../src/finals/decide-final.ts";
import { createPickTake } from "../../src/finals/pick-take.ts";
import { createRedoFinal } from "../../src/finals/redo-final.ts";
import { createGate } from "../../src/gate/gate.ts";
import { createReadHome } from "../../src/home/read-home.ts";
import type { BlobStore } from "../../src/ports/blobs.ts";
import { createDeliverPost } from "../../src/posts/deliver-post.ts";
import { createOnAnswered } from "../../src/posts/on-answered.ts";
import { createShowPost } from "../../src/posts/show-post.ts";
import { createLookOver } from "../../src/reactions/look-over.ts";
import { createApplyReaction, createOnReaction } from "../../src/reactions/on-reaction.ts";
import { createReconcile } from "../../src/reactions/reconcile.ts";
import { createStartRound } from "../../src/rounds/start-round.ts";
import { createOnChannelGone } from "../../src/upkeep/on-channel-gone.ts";
import { createOnWorkspace } from "../../src/upkeep/on-workspace.ts";
import { ATTEMPT } from "./attempt.ts";
import { T0 } from "./make-records.ts";
import type { TestDatabase } from "./open-databases.ts";
import { createRecordingPlatform } from "./recording-platform.ts";
import { createStrictLog } from "./strict-log.ts";

export const PRICES: Prices = {
  take: credits(1),
  final: { "1K": credits(4), "2K": credits(4), "4K": credits(7) },
};
export const START_CREDITS = 50;

/** The story over a real database and a recording platform. Nothing runs by itself: no queue, no workers. */
export function openStory({ database }: TestDatabase, blobs: BlobStore) {
  let ticks = 0;
  // Each look is a millisecond later, so that what came first can be told.
  const clock = () => new Date(T0.getTime() + ticks++);
  const platform = createRecordingPlatform();
  const common = {
    database,
    blobs,
    clock,
    prices: PRICES,
    ids: createIdSource(() => new Date()),
    random: Math.random,
    poke: () => {},
    timeZone: "Europe/Madrid",
    senderOf: () => platform.sender,
    isIn: platform.sender.isIn,
    log: createStrictLog([]),
  };
  const gate = createGate({
    ...common,
    staffOf: platform.sender.staff,
    startCredits: credits(START_CREDITS),
    holdMs: 3_600_000,
  });
  const parts = { ...common, gate };
  const startRound = createStartRound({ ...parts, model: "sketch/1" });
  const pickTake = createPickTake({ ...parts, model: "sketch/1" });
  const redoFinal = createRedoFinal({ ...parts, model: "sketch/1" });
  const decideFinal = createDecideFinal(parts);
  const choose = createChoose({ ...parts, startRound, pickTake, decideFinal, redoFinal });
  const applyReaction = createApplyReaction({ ...parts, choose });
  const onReaction = createOnReaction(parts, applyReaction);
  const draft = createDraftCommand({ ...parts, startRound, models: ["sketch/1"] });
  const quotaParts = { ...parts, readQuota: createReadQuota(parts) };
  const quota = createQuotaCommand(quotaParts);
  const help = createHelpCommand({ ...parts, others: [draft.spec, quota.spec] });
  const edit = createEdit({ ...parts, startRound });
  const vary = createVary({ ...parts, startRound });
  const sendBack = createSendBack({ ...parts, decideFinal });
  const inbox = createInbox({
    ...parts,
    draft,
    others: [quota, help],
    edit,
    vary,
    sendBack,
    quotaForms: createQuotaForms(quotaParts),
    choose,
    onReaction,
    reconcile: async (platform) => void (await reconcileJob({ v: 1, platform }, ATTEMPT)),
    home: createHome(createReadHome(parts)),
    onAnswered: createOnAnswered(parts),
    onWorkspace: createOnWorkspace(parts),
    onChannelGone: createOnChannelGone(parts),
  });
  const lookOver = createLookOver({ ...parts, apply: applyReaction });
  const deliver = createDeliverPost({
    ...parts,
    showPost: createShowPost(parts),
    lookOver,
    leaseMs: 30_000,
  });
  const reconcileJob = createReconcile({ ...parts, lookOver });

  return { ...parts, platform, inbox, startRound, deliver, lookOver, reconcile: reconcileJob };
}
