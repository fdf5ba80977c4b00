const CONTROLS = Array.from({ length: 0xa0 }, (_, code) => code + 1).filter((code) => code < 0x20 || code > 0x7e);
/** What some reader of YAML takes for a line break, a mark or nothing, and the ends of planes. */
const OTHERS = [0x61, 0xad, 0x200b, 0x2028, 0x2029, 0x202e, 0xe000, 0xfdd0, 0xfeff, 0xfffd, 0xfffe, 0xffff, 0x1f600, 0x1fffe, 0x10ffff];

/** Code points of every sort that somebody's reader or writer of YAML has trouble with, and of some that nobody has. */
export const TRIED_CHARACTERS: readonly number[] = [...CONTROLS, ...OTHERS];
