/** What one side of a departure may look like: a JSON value, a pattern, or one of the three marks below. */
import { isDeepStrictEqual } from 'node:util';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The field, list item or object is not there. */
export const absent = Symbol('absent');
/** The field is there, with whatever value. */
export const anyValue = Symbol('any');
/** The field is there and is a string. */
export const anyString = Symbol('any string');

export type Side = Json | typeof absent;
export type Shape = Json | RegExp | typeof absent | typeof anyValue | typeof anyString;

/** The instance of a case, for the placeholders `<name>` and `<namespace>` in shapes and object names. */
export interface Instance {
  readonly name: string;
  readonly namespace: string;
}

export function fillIn(text: string, instance: Instance): string {
  return text.replaceAll('<name>', instance.name).replaceAll('<namespace>', instance.namespace);
}

/** Whether a real value has the shape; strings inside a literal shape may hold the placeholders. */
export function hasShape(side: Side, shape: Shape, instance: Instance): boolean {
  if (side === absent || shape === absent) return side === shape;
  if (shape === anyValue) return true;
  if (shape === anyString) return typeof side === 'string';
  if (shape instanceof RegExp) return typeof side === 'string' && shape.test(side);
  return isDeepStrictEqual(side, filledIn(shape, instance));
}

/** How a side is printed in a report: short, on one line. */
export function sideText(side: Shape): string {
  if (typeof side === 'symbol') return `<${side.description}>`;
  if (side instanceof RegExp) return String(side);
  const text = JSON.stringify(side);
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
}

function filledIn(value: Json, instance: Instance): Json {
  if (typeof value === 'string') return fillIn(value, instance);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item: Json) => filledIn(item, instance));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [fillIn(key, instance), filledIn(item, instance)]));
}
