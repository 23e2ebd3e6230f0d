import RssParser from 'rss-parser';

/** Whether a text is well-formed XML, by the strict reader inside rss-parser. */
export const isWellFormedXml = async (text: string): Promise<boolean> =>
  new RssParser().parseString(text).then(
    () => true,
    (error: unknown) => String(error).includes('not recognized'),
  );
