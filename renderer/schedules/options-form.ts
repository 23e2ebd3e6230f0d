import { words } from '../words/words.ts';

const { optionsForm: told } = words.schedules;

/** One field of a job's options, as its JSON Schema describes it. */
export type OptionField = {
  name: string;
  label: string;
  help?: string;
  kind: 'text' | 'integer' | 'number' | 'boolean' | 'choice' | 'list' | 'json';
  min?: number;
  max?: number;
  choices?: string[];
  /** May be left empty: the job then decides. */
  optional: boolean;
  /** What the job takes when the field is empty. */
  fallback?: unknown;
};
/** What is typed: text, or yes and no. */
export type OptionValues = Record<string, string | boolean>;
export type OptionsResult = { options: Record<string, unknown> } | { field: string; message: string };

type Json = Record<string, unknown>;
const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/* Names that say too little when they are only spelt out. */
const LABELS: Record<string, string> = {
  sourceIds: told.sources,
  minScore: told.points,
  limit: told.lookAt,
  force: told.askEarly,
};

/** `maxAge` as people say it: *Max age*. */
export const labelOf = (name: string): string => {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const SAFE = 9_007_199_254_740_991;
const bound = (value: unknown): number | undefined => (typeof value === 'number' && Math.abs(value) < SAFE ? value : undefined);

/** A schema that allows null or another type is read as that other type. */
const plain = (schema: Json): Json => {
  const branches = [schema.anyOf, schema.oneOf].find(Array.isArray) as unknown[] | undefined;
  const real = branches?.filter(isRecord).filter((branch) => branch.type !== 'null');
  const only = real?.length === 1 ? real[0] : undefined;
  return only ? { ...schema, ...only } : schema;
};

const kindOf = (schema: Json): OptionField['kind'] => {
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type;
  if (Array.isArray(schema.enum) && schema.enum.every((one) => typeof one === 'string')) return 'choice';
  if (type === 'string') return 'text';
  if (type === 'integer' || type === 'number' || type === 'boolean') return type;
  const items = schema.items;
  if (type === 'array' && isRecord(items) && (items.type === 'string' || items.type === undefined)) return 'list';
  return 'json';
};

const toField = (name: string, raw: unknown, required: string[]): OptionField => {
  const schema = plain(isRecord(raw) ? raw : {});
  const min = bound(schema.minimum) ?? bound(schema.exclusiveMinimum);
  const max = bound(schema.maximum) ?? bound(schema.exclusiveMaximum);
  const help = text(schema.description);
  return {
    name,
    label: text(schema.title) ?? LABELS[name] ?? labelOf(name),
    ...(help ? { help } : {}),
    kind: kindOf(schema),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(Array.isArray(schema.enum) ? { choices: schema.enum.map(String) } : {}),
    optional: schema.default !== undefined || !required.includes(name),
    ...(schema.default === undefined ? {} : { fallback: schema.default }),
  };
};

/** The fields of a job's options, in the order of its schema; empty when it takes none. */
export const toFields = (schema: unknown): OptionField[] => {
  if (!isRecord(schema) || !isRecord(schema.properties)) return [];
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  return Object.entries(schema.properties).map(([name, one]) => toField(name, one, required));
};

const shown = (field: OptionField, value: unknown): string | boolean => {
  if (field.kind === 'boolean') return value === true;
  if (value === undefined || value === null) return '';
  if (field.kind === 'list' && Array.isArray(value)) return value.join('\n');
  if (field.kind === 'json') return JSON.stringify(value, null, 2);
  return String(value);
};

/** Stored options as the form shows them; what is not stored shows the job's own default. */
export const toValues = (fields: OptionField[], options: unknown): OptionValues => {
  const stored = isRecord(options) ? options : {};
  return Object.fromEntries(fields.map((field) => [field.name, shown(field, stored[field.name] ?? field.fallback)]));
};

const readNumber = (field: OptionField, value: string): number | string => {
  const given = Number(value);
  if (!Number.isFinite(given)) return told.giveANumber;
  if (field.kind === 'integer' && !Number.isInteger(given)) return told.giveAWholeNumber;
  if (field.min !== undefined && given < field.min) return told.giveOrMore(field.min);
  if (field.max !== undefined && given > field.max) return told.giveOrLess(field.max);
  return given;
};

const readOne = (field: OptionField, value: string): { value: unknown } | { message: string } => {
  if (field.kind === 'integer' || field.kind === 'number') {
    const read = readNumber(field, value);
    return typeof read === 'string' ? { message: read } : { value: read };
  }
  if (field.kind === 'list') {
    const lines = value.split('\n').map((line) => line.trim());
    return { value: lines.filter(Boolean) };
  }
  if (field.kind !== 'json') return { value };
  try {
    return { value: JSON.parse(value) };
  } catch {
    return { message: told.thisIsNotJson };
  }
};

/** Options out of the form; empty optional fields are left out, so that the job decides. */
export const toOptions = (fields: OptionField[], values: OptionValues): OptionsResult => {
  const options: Record<string, unknown> = {};
  for (const field of fields) {
    const value = values[field.name] ?? '';
    if (typeof value === 'boolean') {
      options[field.name] = value;
      continue;
    }
    if (value.trim() === '') {
      if (field.optional) continue;
      return { field: field.name, message: told.thisIsNeeded };
    }
    const read = readOne(field, value);
    if ('message' in read) return { field: field.name, message: read.message };
    options[field.name] = read.value;
  }
  return { options };
};
