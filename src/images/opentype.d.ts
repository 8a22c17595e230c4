// opentype.js 2 ships no types. This is the part of it that lettering.ts uses, and no more.
declare module "opentype.js" {
  type Command =
    | { readonly type: "M" | "L"; readonly x: number; readonly y: number }
    | {
        readonly type: "Q";
        readonly x1: number;
        readonly y1: number;
        readonly x: number;
        readonly y: number;
      }
    | {
        readonly type: "C";
        readonly x1: number;
        readonly y1: number;
        readonly x2: number;
        readonly y2: number;
        readonly x: number;
        readonly y: number;
      }
    | { readonly type: "Z" };

  interface Glyph {
    /** Font units. */
    readonly advanceWidth: number;
    /** In font units, y upwards. */
    readonly path: { readonly commands: readonly Command[] };
  }

  interface Font {
    readonly unitsPerEm: number;
    /** 0 when the font has no glyph for the character. */
    charToGlyphIndex(character: string): number;
    charToGlyph(character: string): Glyph;
  }

  const opentype: { parse(bytes: ArrayBuffer): Font };
  export = opentype;
}
