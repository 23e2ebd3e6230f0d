import { domainToUnicode } from 'node:url';

const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
];

/** A label that mixes alphabets, or is written whole in letters that look Latin, may imitate another name. */
const mayImitate = (label: string): boolean => {
  const scripts = SCRIPTS.filter((script) => script.test(label)).length;
  return scripts > 1 || /^[асеорхуѕіјԁһԛԝӏьԍ0-9-]+$/i.test(label);
};

/** The host of an address, without `www.`, in its own letters; in punycode where it may imitate another. Empty without an address. */
export const domainOf = (url: string): string => {
  const host = URL.parse(url)?.hostname.replace(/^www\./, '') ?? '';
  if (!host.includes('xn--')) return host;
  const unicode = domainToUnicode(host);
  return unicode === '' || unicode.split('.').some((label) => /[^\x00-\x7f]/.test(label) && mayImitate(label)) ? host : unicode;
};
