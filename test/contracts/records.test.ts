import { onEachDatabase } from "../support/open-databases.ts";
import { recordsContract } from "./records.contract.ts";
import { breakersContract } from "./records-breakers.contract.ts";
import { finalsContract } from "./records-finals.contract.ts";
import { homeContract } from "./records-home.contract.ts";
import { modelsContract } from "./records-models.contract.ts";
import { postsContract } from "./records-posts.contract.ts";
import { remainsContract } from "./records-remains.contract.ts";
import { retentionContract } from "./records-retention.contract.ts";
import { roundsContract } from "./records-rounds.contract.ts";
import { turnsContract } from "./records-turns.contract.ts";

onEachDatabase(
  recordsContract,
  roundsContract,
  finalsContract,
  modelsContract,
  breakersContract,
  postsContract,
  turnsContract,
  homeContract,
  retentionContract,
  remainsContract,
);
