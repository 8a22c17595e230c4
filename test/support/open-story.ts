import { createDraftCommand } from "../../commands/draft.ts";
import { createEdit } from "../../commands/edit.ts";
import { createHelpCommand } from "../../commands/help.ts";
import { createHome } from "../../commands/home.ts";
import { createInbox } from "../../commands/inbox.ts";
import { createQuotaCommand } from "../../commands/quota.ts";
import { createQuotaForms } from "../../commands/quota-forms.ts";
import { createRecipe } from "../../commands/recipe.ts";
import { createSendBack } from "../../commands/send-back.ts";
import { createVary } from "../../commands/vary.ts";
import { createReadQuota } from "../../src/budgets/quota.ts";
import { createChoose } from "../../src/choices/choose.ts";
import { credits } from "../../src/core/credits.ts";
import { createIdSource } from "../../src/core/id-source.ts";
import { createCancelFinal } from "../../src/finals/cancel-final.ts";
import { createDecideFinal } from "../../src/finals/decide-final.ts";
import { createPickTake } from "../../src/finals/pick-take.ts";
import { createRedoFinal } from "../../src/finals/redo-final.ts";
import { createGate } from "../../src/gate/gate.ts";
import { createReadHome } from "../../src/home/read-home.ts";
import { createReadDrifts } from "../../src/models/drift.ts";
import type { Models } from "../../src/models/models.ts";
import type { BlobStore } from "../../src/ports/blobs.ts";
import { createDeliverPost } from "../../src/posts/deliver-post.ts";
import { createOnAnswered } from "../../src/posts/on-answered.ts";
import { createShowPost } from "../../src/posts/show-post.ts";
import { createLookOver } from "../../src/reactions/look-over.ts";
import { createApplyReaction, createOnReaction } from "../../src/reactions/on-reaction.ts";
import { createReconcile } from "../../src/reactions/reconcile.ts";
import { createCancelRound } from "../../src/rounds/cancel-round.ts";
import { createStartRound } from "../../src/rounds/start-round.ts";
import { createOnChannelGone } from "../../src/upkeep/on-channel-gone.ts";
import { createOnWorkspace } from "../../src/upkeep/on-workspace.ts";
import { ATTEMPT } from "./attempt.ts";
import { T0 } from "./make-records.ts";
import { onlyModel, UNASKED } from "./models.ts";
import type { TestDatabase } from "./open-databases.ts";
import { createRecordingPlatform } from "./recording-platform.ts";
import { createStrictLog } from "./strict-log.ts";

/** What the desk's models are called. */
export const MODEL = "test";
export const START_CREDITS = 50;

/** The story over a real database and a recording platform. Nothing runs by itself: no queue, no workers. */
/** @param models what is said and charged; nobody asks them here. */
export function openStory({ database }: TestDatabase, blobs: BlobStore, models: Models = onlyModel(UNASKED)) {
  let ticks = 0;
  // Each look is a millisecond later, so that what came first can be told.
  const clock = () => new Date(T0.getTime() + ticks++);
  const platform = createRecordingPlatform();
  const common = {
    database,
    blobs,
    clock,
    models,
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
  const startRound = createStartRound(parts);
  const decideFinal = createDecideFinal(parts);
  const choose = createChoose({
    ...parts,
    startRound,
    cancelRound: createCancelRound(parts),
    pickTake: createPickTake(parts),
    cancelFinal: createCancelFinal(parts),
    redoFinal: createRedoFinal(parts),
    decideFinal,
  });
  const applyReaction = createApplyReaction({ ...parts, choose });
  const onReaction = createOnReaction(parts, applyReaction);
  const draft = createDraftCommand({ ...parts, startRound });
  const quotaParts = {
    ...parts,
    readQuota: createReadQuota({ ...parts, readDrifts: createReadDrifts(parts) }),
  };
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
    recipe: createRecipe(parts),
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
