import type { Color } from "./color.ts";
import type { Feature, Light, Mood, Relation, Setting, Subject, Surface } from "./scene.ts";

/** What a word or a short phrase means to the sketch. */
export type Meaning =
  | { readonly kind: "thing"; readonly subject: Subject }
  /** "lemons": a few, unless a number says how many. */
  | { readonly kind: "several"; readonly of: Subject }
  | { readonly kind: "color"; readonly color: Color }
  | { readonly kind: "count"; readonly count: number }
  | { readonly kind: "size"; readonly scale: number }
  | { readonly kind: "material"; readonly surface: Surface }
  | { readonly kind: "ground"; readonly surface: Surface; readonly setting: Setting }
  | { readonly kind: "setting"; readonly setting: Setting }
  | { readonly kind: "feature"; readonly feature: Feature }
  | { readonly kind: "light"; readonly light: Light }
  | { readonly kind: "mood"; readonly mood: Mood }
  | { readonly kind: "relation"; readonly relation: Relation }
  | { readonly kind: "side"; readonly side: "left" | "right" }
  | { readonly kind: "aloft" }
  /** "a bowl of …": what follows is in what came before. */
  | { readonly kind: "holds" }
  | { readonly kind: "article" }
  | { readonly kind: "filler" };

/** The meaning of `words` (lower case, single spaces; at most four words), or undefined. */
export function findMeaning(words: string): Meaning | undefined {
  return MEANINGS.get(words);
}

/** Words of prompts that the sketch refuses to draw, as hosted models do: so that a refusal can be seen without one. */
export const REFUSED_WORDS: ReadonlySet<string> = new Set(["gore", "gory", "nsfw", "porn", "nude"]);

const THINGS: Readonly<Record<Subject, string>> = {
  bottle: "🍾|bottle|bottle of wine|flask|wine|carafe|shampoo|lotion",
  perfume: "perfume|fragrance|cologne|flacon|serum|cosmetics",
  vase: "vase|jug|urn|pottery|amphora|pitcher",
  cup: "☕|cup|mug|cup of coffee|cup of tea|mug of coffee|coffee|espresso|tea|cappuccino",
  glass: "tumbler|juice|glass of water|glass of juice|water glass|whisky|cocktail|lemonade",
  goblet: "🍷|wine glass|glass of wine|goblet|champagne",
  plate: "plate|dish|tray|saucer",
  bowl: "bowl|soup|salad|ramen",
  lemon: "🍋|lemon|lime fruit|citrus",
  orange: "🍊|tangerine|mandarin|peach fruit|grapefruit",
  apple: "🍎|apple|tomato|cherry",
  pear: "🍐|pear|avocado|fig",
  book: "📚|📖|book|books|magazine|novel|notebook",
  candle: "🕯|candle",
  cake: "🎂|🍰|cake|cupcake|dessert|pie|pastry",
  teapot: "teapot|kettle",
  camera: "📷|camera",
  gift: "🎁|gift|present|package|parcel",
  fox: "🦊|fox|wolf",
  cat: "🐱|🐈|cat|kitten|tiger|lion|panther",
  dog: "🐶|🐕|dog|puppy|corgi|poodle|retriever",
  bird: "🐦|bird|sparrow|robin|parrot|dove|swallow|crow|eagle|owl",
  fish: "🐟|fish|goldfish|whale|shark|dolphin",
  person: "person|figure|woman|man|girl|boy|model|astronaut|dancer|chef|king|queen|portrait|people",
  tree: "🌳|tree|oak|maple|bush",
  pine: "🌲|🎄|pine|fir|spruce|christmas tree",
  flower: "🌸|🌷|🌻|🌹|💐|flower|rose bloom|tulip|daisy|sunflower|poppy|blossom|peony|bouquet",
  plant: "🌿|🪴|plant|houseplant|monstera|fern|potted plant|leaf",
  cactus: "🌵|cactus|succulent",
  mushroom: "🍄|mushroom|toadstool",
  house: "🏠|🏡|house|cottage|home|cabin|barn|hut|villa",
  boat: "⛵|boat|sailboat|ship|yacht|sailing boat|sailing ship",
  car: "🚗|🚕|car|taxi|automobile|van|truck|convertible",
  shoe: "👟|shoe|sneaker|trainer|boot|heel",
  chair: "🪑|chair|armchair|sofa|couch|seat",
  lamp: "💡|lamp|lantern|light bulb",
  balloon: "🎈|balloon|hot air balloon|hot-air balloon",
  rocket: "🚀|rocket|spaceship|space ship|spacecraft",
  lighthouse: "lighthouse|tower",
  bag: "👜|bag|handbag|tote|purse|backpack|suitcase",
  umbrella: "☂|umbrella|parasol",
  phone: "📱|phone|smartphone|iphone|tablet",
  clock: "clock|watch",
  robot: "🤖|robot|android|cyborg",
  star: "gold star|starfish",
  heart: "❤|heart|love",
};

const COLORS = `red #cf3a32|crimson #a91f36|scarlet #d6322b|vermilion #dd4528|orange #e8782b|coral #f1735f|salmon #f2917d|peach #f5b48c|apricot #f2ab6b|amber #e6a03a|gold #d5a041|golden #d5a041|mustard #cf9d2e|yellow #f2c83c|ochre #c08a35|lime #a9c84a|olive #7a7d3c|green #4a8b57|emerald #1f8a63|sage #9fb39a|mint #a5d8bf|forest green #2f5d46|teal #1c8587|turquoise #3cb6ae|aqua #5fc5cf|cyan #45c1de|azure #4a9fe0|sky blue #8cc5e8|blue #2f63c0|cobalt #2648ad|navy #1d2d58|indigo #3b3a8a|purple #7247a6|violet #7a55c7|plum #6b2f5e|lavender #b7a4da|lilac #c7b1dd|magenta #c8347e|fuchsia #d63a91|pink #ef9ab3|blush #eec1b8|rose #dc7c8c|rose gold #d8a08c|burgundy #782036|maroon #6d2530|terracotta #c4653f|rust #ad4f2b|brown #7a4e35|chocolate #54352a|caramel #b97a43|tan #ccA67a|beige #e4d3b6|ivory #f2ead8|cream #f4ead4|white #f6f3ec|grey #98989b|gray #98989b|silver #bcc2c8|charcoal #3d3c43|black #25232a|copper #b8704a|bronze #9c6c3c|pastel #f2cfd2`;

const LIGHTS: Readonly<Record<Light, string>> = {
  day: "day|daylight|noon|midday|afternoon|afternoon sun|sunny|sunlight|sunlit|summer|bright|spring",
  morning: "morning|dawn|sunrise|morning light|soft morning light|early|fresh|mist|misty|fog|foggy",
  golden: "golden hour|sunset|dusk|evening|autumn|fall|warm light|warm|magic hour|cozy|cosy",
  night: "night|midnight|moonlight|moonlit|dark|nocturnal|starry",
  neon: "neon|cyberpunk|vaporwave|synthwave|nightclub|futuristic|glowing|electric",
  soft: "soft|pastel tones|diffuse|dreamy|gentle|delicate|airy|winter|cloudy|overcast",
};

const MOODS: Readonly<Record<Mood, string>> = {
  calm: "calm|serene|quiet|peaceful|zen|tranquil|still|relaxed",
  bold: "bold|vibrant|vivid|pop art|punchy|strong|energetic|dynamic|graphic",
  minimal:
    "minimal|minimalist|simple|clean|poster|logo|elegant|luxury|premium|product shot|packshot|advert|ad|campaign|brand",
  dramatic: "dramatic|moody|epic|cinematic|chiaroscuro|noir|stormy|mysterious|backlit|spotlight",
  playful: "playful|fun|cute|whimsical|happy|kids|party|birthday|cartoon|cheerful|festival",
};

const FEATURES: Readonly<Record<Feature, string>> = {
  sun: "☀|🌞|sun|sunbeam|sunshine",
  moon: "🌙|moon|crescent",
  stars: "⭐|✨|stars|star|galaxy|constellation|milky way|fireflies",
  clouds: "cloud|clouds|sky",
  mountains: "🏔|⛰|mountain|mountains|alps|peak|peaks|volcano|cliff|canyon",
  hills: "hill|hills|countryside|valley|vineyard|tuscany",
  city: "city|skyline|skyscraper|downtown|street|metropolis|tokyo|manhattan|buildings|rooftop",
  trees: "forest|woods|jungle|woodland|orchard",
  snowfall: "❄|snowfall|snowing|snowflake|blizzard|snowy",
  rain: "🌧|rain|rainy|raining|drizzle",
  window: "window",
  shelf: "bookshelf|bookshelves|shelf|library|bookcase|reading corner|reading nook",
  refraction: "refracting|refraction|prism|rainbow|caustics|iridescent|refracts|crystal",
};

const SETTINGS: Readonly<Record<Setting, string>> = {
  table: "table|tabletop|desk|counter|countertop|kitchen|breakfast|still life|shelf top|bar|picnic|cafe",
  room: "room|interior|living room|bedroom|corner|nook|indoors|apartment|studio apartment|office|wall|reading corner|reading nook",
  outdoors: "landscape|outdoors|outside|nature|park|garden|road|path|campsite",
  sea: "🌊|sea|ocean|lake|river|waves|harbor|harbour|bay|underwater|coast",
  city: "cityscape",
  studio: "studio|backdrop|podium|pedestal|plinth|product",
  abstract:
    "abstract|pattern|geometric|bauhaus|texture|shapes|gradient|wallpaper|mosaic|tiles|composition|background",
};

const MATERIALS = {
  glass: "glass|crystal glass",
  wood: "wood|wooden|oak wood|walnut|timber|bamboo",
  limestone: "limestone|stone|sandstone|travertine|rock",
  marble: "marble|porcelain|ceramic",
  concrete: "concrete|cement|asphalt",
  metal: "metal|steel|chrome|metallic|aluminium|aluminum|brushed steel",
  linen: "linen|cotton|fabric|tablecloth|cloth|paper",
  velvet: "velvet|silk|satin|carpet",
} satisfies Partial<Record<Surface, string>>;
const GROUNDS = {
  sand: "sand|desert|dunes|beach|sahara",
  snow: "snow|ice|glacier|arctic",
  grass: "grass|meadow|lawn|field|moss|prairie|fields",
} satisfies Partial<Record<Surface, string>>;

const RELATIONS: Readonly<Record<Relation, string>> = {
  left: "left of|to the left of|on the left of|at the left of",
  right: "right of|to the right of|on the right of|at the right of",
  behind: "behind|at the back of|beyond",
  before: "in front of|before",
  above: "above|over|on top of the sky",
  below: "below|under|underneath|beneath",
  on: "on|atop|on top of|upon|onto",
  in: "in|inside|within|into|filled with",
  beside: "beside|next to|by|near|with|and|alongside|between|against|plus",
};

const SIDES = {
  left: "left|on the left|at left|on the left side|to the left",
  right: "right|on the right|at right|on the right side|to the right",
} as const;
const COUNTS =
  "one 1|single 1|two 2|pair 2|a pair of 2|couple 2|three 3|trio 3|four 4|five 5|several 4|many 5|some 3|a few 3|2 2|3 3|4 4|5 5";
const SCALES =
  "tiny 0.55|little 0.7|small 0.72|mini 0.6|miniature 0.6|big 1.25|large 1.3|tall 1.25|huge 1.5|giant 1.55|enormous 1.6|massive 1.55|oversized 1.45";
const FILLER =
  "at|to|for|from|as|is|are|it|its|this|that|very|through|during|while|like|style|photo|photograph|picture|image|illustration|painting|drawing|render|shot|closeup|close-up|view|scene|light|lit|shadow|shadows|palette|colors|colours|tones|hour";

const MEANINGS: ReadonlyMap<string, Meaning> = new Map(listMeanings());

function* listMeanings(): Generator<[string, Meaning]> {
  for (const word of FILLER.split("|")) yield [word, { kind: "filler" }];
  for (const word of ["a", "an", "the", "my", "our", "her", "his", "some of the"])
    yield [word, { kind: "article" }];
  for (const word of [
    "flying",
    "floating",
    "hovering",
    "levitating",
    "soaring",
    "jumping",
    "falling",
    "in the air",
    "in the sky",
  ])
    yield [word, { kind: "aloft" }];
  for (const [word, color] of pairs(COLORS)) yield [word, { kind: "color", color: color.toLowerCase() }];
  for (const [word, count] of pairs(COUNTS)) yield [word, { kind: "count", count: Number(count) }];
  for (const [word, scale] of pairs(SCALES)) yield [word, { kind: "size", scale: Number(scale) }];
  for (const [surface, word] of words(MATERIALS)) yield [word, { kind: "material", surface }];
  for (const [surface, word] of words(GROUNDS))
    yield [word, { kind: "ground", surface, setting: "outdoors" }];
  yield ["oranges", { kind: "several", of: "orange" }];
  yield ["of", { kind: "holds" }];
  yield ["water", { kind: "ground", surface: "water", setting: "sea" }];
  for (const [side, word] of words(SIDES)) yield [word, { kind: "side", side }];
  for (const [setting, word] of words(SETTINGS)) yield [word, { kind: "setting", setting }];
  for (const [feature, word] of words(FEATURES)) yield [word, { kind: "feature", feature }];
  for (const [light, word] of words(LIGHTS)) yield [word, { kind: "light", light }];
  for (const [mood, word] of words(MOODS)) yield [word, { kind: "mood", mood }];
  for (const [relation, word] of words(RELATIONS)) yield [word, { kind: "relation", relation }];
  for (const [subject, word] of words(THINGS)) yield [word, { kind: "thing", subject }];
}

function words<Key extends string>(table: Readonly<Record<Key, string>>): [Key, string][] {
  return (Object.entries(table) as [Key, string][]).flatMap(([key, list]) =>
    list.split("|").map((word): [Key, string] => [key, word]),
  );
}

function pairs(list: string): [string, string][] {
  return list.split("|").map((entry): [string, string] => {
    const end = entry.lastIndexOf(" ");
    return [entry.slice(0, end), entry.slice(end + 1)];
  });
}
