/* The longest part of a server's answer that is kept, in characters. */
const MAX_ANSWER = 160;

const encodings = (secret: string, user: string): string[] => [
  secret,
  Buffer.from(secret).toString('base64'),
  Buffer.from(`\0${user}\0${secret}`).toString('base64'),
];

/** What a server said, in one short line, without the password should it send that back. */
export const serverWords = (text: string, account: { user: string }, password: string | undefined): string => {
  let words = text;
  if (password) for (const form of encodings(password, account.user)) words = words.replaceAll(form, '(secret)');
  return words
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .slice(0, MAX_ANSWER);
};
