import { WEAKNESSES, type Weakness } from "./model.ts";

/**
 * What a prompt asks for that some models are known to get wrong, in the order of `WEAKNESSES`. It errs
 * towards nothing: advice that is wrong is worse than none.
 */
export function weaknessesIn(prompt: string): readonly Weakness[] {
  return WEAKNESSES.filter((weakness) => ASKS_FOR[weakness](prompt));
}

const ASKS_FOR: Readonly<Record<Weakness, (prompt: string) => boolean>> = {
  lettering: asksForLettering,
  counts: asksForCount,
  relations: (prompt) => countOf(prompt.replace(NO_RELATION, " "), RELATION) >= RELATIONS_MIN,
  colors: asksForColor,
};

function countOf(prompt: string, pattern: RegExp): number {
  return [...prompt.matchAll(pattern)].length;
}

/** Its word boundaries know every alphabet, unlike `\b`. */
function words(source: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, "giu");
}

// Lettering.

/** "No text", "without any watermark": asks for the opposite. */
const NO_LETTERING = words(
  "(?:no|without|free of|avoid|sin|sans|ohne|senza|sem) (?:any )?(?:\\p{L}+,? )?(?:(?:and|or) )?(?:text|words?|letters?|lettering|typography|captions?|logos?|titles?|watermarks?|writing|labels?|texto|texte)",
);
/** What is quoted is a name here, not words to be seen. */
const QUOTED_NAME =
  /(?:style of|inspired by|reminiscent of|based on|known as|nicknamed|so-called|film|movie|album|novel|series)\s+(?:the\s+)?(?=["“«„'‘])/giu;
/** Pairs of quotation marks about something with a letter or a digit. The mark of inches follows a digit, an apostrophe a letter. */
const QUOTED =
  /(?<![\p{L}\p{N}])"(?=[^"]*[\p{L}\p{N}])[^"]+"(?![\p{L}\p{N}])|[“„](?=[^“”„]*[\p{L}\p{N}])[^“”„]+[“”]|«[^«»]*[\p{L}\p{N}][^«»]*»|[「『][^「」『』]+[」』]|(?<![\p{L}\p{N}])['‘](?=[^'‘’]*[\p{L}\p{N}])[^'‘’]{2,80}['’](?![\p{L}\p{N}])/gu;
const SURFACE =
  "signs?|signage|banners?|labels?|posters?|logos?|billboards?|placards?|plaques?|neon|t-?shirts?|shirts?|jerseys?|mugs?|caps?|headlines?|titles?|captions?|stickers?|cards?|tags?|notes?|menus?|chalkboards?|blackboards?|whiteboards?|boards?|screens?|covers?|bubbles?|badges?|stamps?|words?|text|letters?|tattoos?|cakes?|tombstones?|gravestones?|packaging";
/** A girl under a sign may be reading a book. */
const NOT_TO_READ =
  "(?! (?:a|an|the|her|his|their|my|some|in|on|at|to|by|from|with|and|under)(?![\\p{L}\\p{N}]))";
const LETTERING = [
  words(
    `(?:${SURFACE})(?: (?:that|which))? (?:reads|reading)${NOT_TO_READ} \\p{L}+|(?:${SURFACE})(?: (?:that|which))? (?:says?|saying|spells?|spelling)`,
  ),
  words("(?:that|which) (?:says|spells)(?: out)?"),
  words("spell(?:ed|s|ing)? out"),
  words(
    "(?:with|bearing|showing|carrying|displaying|has) (?:the |a |an |some )?(?:words?|text|lettering|inscription|caption|slogan|headline|tagline|title)",
  ),
  words("(?:with|in) (?:the )?(?:letters|initials) \\p{L}(?: |,|and|&|\\p{L})*"),
  words("the words? (?!of|for|in|is|are)\\p{L}+"),
  words("(?:hand-?|3d )?lettering|typography|typographic|wordmark|calligraphy"),
  words("(?:written|engraved|printed|embroidered) (?:on|across|above|below)"),
  words(
    "que diga|que dice|que dizem?|que diz|qui dit|che dice|con la scritta|mit der aufschrift|mit (?:dem|einem) schriftzug",
  ),
  words("con (?:el texto|la palabra|las palabras|el t[ií]tulo)|com (?:o texto|a palavra|as palavras)"),
  words(
    "avec (?:le texte|le mot|les mots|le titre|l['’]inscription)|con (?:il testo|la parola|le parole|il titolo)",
  ),
  words(
    "mit (?:dem|den) (?:text|wort|worten|titel)|met (?:de tekst|het woord|de woorden)|z napisem|с надписью",
  ),
];

function asksForLettering(prompt: string): boolean {
  const asked = prompt.replace(NO_LETTERING, " ");
  const quoted = asked.replace(new RegExp(`${QUOTED_NAME.source}(?:${QUOTED.source})`, "giu"), " ");
  return countOf(quoted, QUOTED) > 0 || LETTERING.some((pattern) => countOf(asked, pattern) > 0);
}

// Exact counts.

/** Below that, models count well. */
const COUNT_MIN = 3;
const NUMERALS =
  "three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty".split(
    " ",
  );
/** A number that stands alone: no year, no part of 16:9, 3x3, 1,000, 50mm, f/2.8 or 80s. */
const COUNTED = new RegExp(
  `(?<![\\p{L}\\p{N}][.,:/×-]?|[#$€£])(?:(\\d{1,3})|(${NUMERALS.join("|")}))(?: (\\p{L}[\\p{L}-]*))(?: (\\p{L}[\\p{L}-]*))?(?: (\\p{L}[\\p{L}-]*))?`,
  "giu",
);
const EXACTLY = words(
  `exactly (?:\\d{1,3}|one|two|${NUMERALS.join("|")})|(?:a|half a|one|two|three|several) dozen`,
);
/** A number after these is a name: Route 66, Model 3. */
const NAMED =
  /(?:route|highway|model|apollo|area|chapter|channel|studio|version|windows|formula|boeing|airbus|iphone|number|no\.?|level|stage|type|day|year|age|aged|january|february|march|april|may|june|july|august|september|october|november|december)\s$/iu;
/** What follows a number that measures, dates or names: then nothing is counted. */
const MEASURES = new Set(
  "mm cm m km in inch inches ft foot feet yard yards mile miles meter meters metre metres px pixel pixels dpi ppi fps k hz ghz mb gb mp megapixel megapixels kg g gram grams kilo kilos lb lbs pound pounds oz ounce ounces liter liters litre litres ml second seconds sec secs minute minutes min hour hours day days night nights week weeks month months year years decade decades century centuries am pm o'clock percent degree degrees dollar dollars euro euros cent cents credit credits point points quarter quarters third thirds fourths fifths eighths times time way ways star pack d january february march april may june july august september october november december".split(
    " ",
  ),
);
/** What ends the words between a number and what it counts. */
const BETWEEN = new Set(
  "a an the of in on at to by for from with and or as is are was among under near over into that than per hundred thousand million".split(
    " ",
  ),
);
const IRREGULAR = new Set(
  "people men women children mice geese fish sheep deer teeth oxen cacti fungi octopi wolves".split(" "),
);
const SINGULAR = new Set(
  "lens canvas always across atlas christmas chess as has was its this news yes".split(" "),
);

function asksForCount(prompt: string): boolean {
  if (countOf(prompt, EXACTLY) > 0) return true;
  return [...prompt.matchAll(COUNTED)].some((found) => {
    const [, digits, , ...after] = found;
    if (digits !== undefined && Number(digits) < COUNT_MIN) return false;
    return !NAMED.test(prompt.slice(0, found.index)) && isCounted(after);
  });
}

/** @param after the words after a number: "red", "lemons". */
function isCounted(after: readonly (string | undefined)[]): boolean {
  for (const word of after) {
    const lower = word?.toLowerCase();
    if (lower === undefined || MEASURES.has(lower) || BETWEEN.has(lower)) return false;
    if (isPlural(lower)) return true;
  }
  return false;
}

function isPlural(word: string): boolean {
  return IRREGULAR.has(word) || (/[^sui]s$/u.test(word) && !SINGULAR.has(word));
}

// Several spatial relations.

const RELATIONS_MIN = 2;
const RELATION = words(
  "(?:on|to) (?:the|its|his|her|their) (?:far )?(?:left|right)|left of|right of(?! way)|above|below|beneath|underneath|behind|in front of|between|on top of|next to|beside",
);
/** Where the camera stands, and what is only said so. */
const NO_RELATION = words(
  "(?:from|seen|viewed|shot|lit) (?:from )?(?:above|below|behind|the left|the right)|behind the scenes|above all|on top of that|in between",
);

// A colour by its number.

const HEX = /(?<![\p{L}\p{N}&#])#(?:[0-9a-f]{8}|[0-9a-f]{6}|([0-9a-f]{3}))(?![\p{L}\p{N}])/giu;
const COLOR = words(
  "(?:pantone|pms) (?:\\p{L}+ ){0,2}?\\d{2,4}(?:-\\d{4})?|ral \\d{4}|(?:rgb|rgba|hsl|cmyk) ?\\(\\d[^)]*",
);

function asksForColor(prompt: string): boolean {
  const numbers = [...prompt.matchAll(HEX)].filter(
    ([, short]) => short === undefined || !isWordOrRank(short),
  );
  return numbers.length > 0 || countOf(prompt, COLOR) > 0;
}

/** #dad and #100 are no colours; #f0a and #333 are. */
function isWordOrRank(short: string): boolean {
  if (/^(.)\1\1$/u.test(short)) return false;
  return /^\d{3}$|^(?:bad|dad|add|fed|bed|fad|cab|dab|ace|bee|fee|ada|abe|bae|deb|fab)$/iu.test(short);
}
