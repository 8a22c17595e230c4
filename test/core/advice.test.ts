import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { weaknessesIn } from "../../src/core/advice.ts";
import { checkPrompt, PROMPT_LENGTH_MAX } from "../../src/core/prompt.ts";

describe("lettering", () => {
  it.each([
    'a shop front with "Luna" over the door',
    "a shop front with “Luna” over the door",
    "eine Flasche, darauf „Frisch“",
    "une affiche «Été 2026»",
    "看板「ラーメン」",
    "a mug, 'Good Morning' on its side",
    "a poster that says hello",
    "a neon sign that says open late",
    "a sign saying closed on Sundays",
    "a protest placard reading NO MORE",
    "a banner which reads Happy Birthday Ada",
    "a speech bubble saying hi",
    "a bottle with the text Draftroom on its label",
    "a card with the words thank you",
    "a book cover with the title Moby Dick",
    "a cap with a logo reading Acme",
    "a t-shirt with the letters A, B and C",
    "balloons that spell out LOVE",
    "the word love in neon",
    "the words summer sale above a beach",
    "hand lettering on kraft paper",
    "a vintage poster with bold typography",
    "her name written on the sand",
    "un cartel que diga abierto",
    "un cartel que dice cerrado",
    "una botella con el texto Fresco",
    "une enseigne avec les mots bonne année",
    "ein Schild mit der Aufschrift Zimmer frei",
    "ein Plakat mit dem Text Sommer",
    "una insegna con la scritta aperto",
    "um cartaz com as palavras boa noite",
    "een bord met de tekst open",
    "plakat z napisem lato",
    "вывеска с надписью кафе",
  ])("is asked for by %j", (prompt) => {
    expect(weaknessesIn(prompt)).toContain("lettering");
  });

  it.each([
    "a red fox in snow",
    "a girl reading a book under a tree",
    "a girl under a sign reading a newspaper",
    "a cat that reads the paper",
    "a man saying goodbye to his family",
    "a letter in her hand, sealed with wax",
    "the dogs' bowl beside the cats' toys",
    "rock 'n' roll in the '90s and '80s",
    'a 24" monitor and a 27" monitor',
    "a film still in the style of “Blade Runner”",
    'inspired by "The Great Wave"',
    "a bottle, no text, no watermark",
    "a poster without any lettering",
    "a label with no text",
    "a clean wall, without words or logos",
    "un cartel sin texto",
    "a wordless dinner",
    "a title fight in a smoky gym",
    "in the words of Poe, a raven",
    "a world of letters and stamps",
    '""',
    "“ ”",
  ])("is not asked for by %j", (prompt) => {
    expect(weaknessesIn(prompt)).not.toContain("lettering");
  });
});

describe("an exact count", () => {
  it.each([
    "three lemons on a blue plate",
    "5 birds on a wire",
    "seven small red boats",
    "a table with four wooden chairs",
    "12 people around a fire",
    "nine geese",
    "six children in a boat",
    "exactly two cats",
    "exactly 1 candle",
    "a dozen eggs in a basket",
    "half a dozen roses",
    "two dozen candles",
    "Eight candles",
    "a family of five foxes",
    "100 balloons over a city",
    "three cherries",
    "four boxes, stacked",
  ])("is asked for by %j", (prompt) => {
    expect(weaknessesIn(prompt)).toContain("counts");
  });

  it.each([
    "a red fox in snow",
    "2 people at a table",
    "two foxes",
    "one hundred percent wool",
    "shot in 1968 cars and streets",
    "a 1950s diner with cars",
    "35mm film, lenses and straps",
    "35 mm lenses",
    "an 85 mm lens",
    "in 16:9 frames",
    "a 3x3 grid of tiles",
    "4K details everywhere",
    "8k textures",
    "at 5 pm shadows grow long",
    "10:30 trains",
    "24 hours in Tokyo",
    "three days of rain",
    "a ten year old girl with flowers",
    "a ten-year-old boy with dogs",
    "6 feet tall, with boots",
    "1,000 birds",
    "Route 66 diners at dusk",
    "a Tesla Model 3 parked among trees",
    "an iPhone 15 on books",
    "July 4 fireworks",
    "a three-quarter view of shoes",
    "three quarters of the moon",
    "a five star hotel with palms",
    "in three point lighting",
    "dozens of birds",
    "hundreds of lanterns",
    "exactly like the paintings of Monet",
    "70 percent clouds",
    "f/2.8 lenses",
    "$100 shoes",
    "nine to five",
    "room 404",
    "a six pack of cans",
  ])("is not asked for by %j", (prompt) => {
    expect(weaknessesIn(prompt)).not.toContain("counts");
  });
});

describe("several spatial relations", () => {
  it.each([
    "a cup to the left of a plate, a spoon below it",
    "a cat on top of a piano, behind it a window",
    "a red ball between two boxes, with a cone in front of the left box",
    "a lamp above a desk and a dog next to it",
    "Ada on the left, Noor on the right",
  ])("are asked for by %j", (prompt) => {
    expect(weaknessesIn(prompt)).toContain("relations");
  });

  it.each([
    "a red fox in snow",
    "a cat on top of a piano",
    "a bottle behind glass, shot from above",
    "behind the scenes, seen from behind",
    "under a stormy sky",
    "the right of way, in between storms",
    "a village below, seen from above",
  ])("are not asked for by %j", (prompt) => {
    expect(weaknessesIn(prompt)).not.toContain("relations");
  });
});

describe("a colour by its number", () => {
  it.each([
    "a bottle in #ff6600",
    "a bottle in #FF6600 on white",
    "a wall, #f60",
    "text in #333",
    "a can in Pantone 186 C",
    "pantone 18-1750",
    "a car in RAL 3020",
    "a chair in rgb(255, 102, 0)",
  ])("is asked for by %j", (prompt) => {
    expect(weaknessesIn(prompt)).toContain("colors");
  });

  it.each([
    "a bright orange bottle",
    "we are #1",
    "race car #100",
    "#dad jokes on a mug",
    "#throwback at the beach",
    "a&#123456;b",
    "the Pantone colour of the year",
    "a coral RAL chair",
  ])("is not asked for by %j", (prompt) => {
    expect(weaknessesIn(prompt)).not.toContain("colors");
  });
});

describe("of any prompt", () => {
  it("all that it asks for is named once, in one order", () => {
    const prompt = 'three cans in #ff6600, one behind the other, "Sun" on top of each';
    expect(weaknessesIn(prompt)).toEqual(["lettering", "counts", "relations", "colors"]);
    expect(weaknessesIn("")).toEqual([]);
  });

  it("is told at once, however it is made", () => {
    const piece = fc.constantFrom(
      ..."\"'“”„«»‘#3 ",
      "three ",
      "sign ",
      "reads ",
      "no text ",
      "the words ",
      "pantone ",
      "film ",
      "above ",
      "with letters A ",
      "rgb(1",
    );
    fc.assert(
      fc.property(fc.string({ unit: piece, maxLength: 400 }), (typed) => {
        const checked = checkPrompt(typed.slice(0, PROMPT_LENGTH_MAX));
        if (checked.status !== "ok") return;
        const begun = performance.now();
        weaknessesIn(checked.prompt);
        expect(performance.now() - begun).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
  });
});
