import { onEachDatabase } from "../support/open-databases.ts";
import { recordsContract } from "./records.contract.ts";
import { finalsContract } from "./records-finals.contract.ts";
import { postsContract } from "./records-posts.contract.ts";
import { roundsContract } from "./records-rounds.contract.ts";
import { turnsContract } from "./records-turns.contract.ts";

onEachDatabase(recordsContract, roundsContract, finalsContract, postsContract, turnsContract);
