import { onEachDatabase } from "../support/open-databases.ts";
import { ledgerContract } from "./ledger.contract.ts";
import { ledgerBooksContract } from "./ledger-books.contract.ts";
import { ledgerCalendarContract } from "./ledger-calendar.contract.ts";
import { ledgerHistories } from "./ledger-histories.contract.ts";
import { ledgerLateContract } from "./ledger-late.contract.ts";
import { ledgerPeriodsContract } from "./ledger-periods.contract.ts";

onEachDatabase(
  ledgerContract,
  ledgerPeriodsContract,
  ledgerLateContract,
  ledgerCalendarContract,
  ledgerBooksContract,
  ledgerHistories,
);
