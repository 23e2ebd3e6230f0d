import { words, wordsTag } from '../words/words.ts';

const { values: say } = words.settings;

/* Regions that differ in how they write a date, a number or a week, by BCP 47 tag. */
const TAGS =
  'ar-AE,ar-EG,ar-SA,bg-BG,bn-BD,ca-ES,cs-CZ,da-DK,de-AT,de-CH,de-DE,el-GR,en-AU,en-CA,en-IE,en-IN,en-NZ,en-US,en-ZA,es-AR,es-ES,es-MX,et-EE,fa-IR,fi-FI,fr-BE,fr-CA,fr-CH,fr-FR,he-IL,hi-IN,hr-HR,hu-HU,id-ID,is-IS,it-IT,ja-JP,ko-KR,lt-LT,lv-LV,ms-MY,nb-NO,nl-BE,nl-NL,pl-PL,pt-BR,pt-PT,ro-RO,ru-RU,sk-SK,sl-SI,sr-RS,sv-SE,sw-KE,ta-IN,th-TH,tr-TR,uk-UA,ur-PK,vi-VN,zh-CN,zh-TW'.split(
    ',',
  );
/** The region whose way is Tidings' own. */
const HOUSE = 'en-GB';

/** What dates and numbers can be written as, by name; with the one that is chosen, should it be another. */
export const regionChoices = (chosen: string): { value: string; label: string }[] => {
  const names = new Intl.DisplayNames([wordsTag], { type: 'language', languageDisplay: 'standard' });
  const known = new Set(['system', HOUSE, ...TAGS]);
  const tags = known.has(chosen) ? TAGS : [chosen, ...TAGS];
  const labelOf = (tag: string): string => {
    try {
      return names.of(tag) ?? tag;
    } catch {
      return tag;
    }
  };
  const named = tags.map((tag) => ({ value: tag, label: labelOf(tag) }));
  return [
    { value: 'system', label: say.asThisComputer },
    { value: HOUSE, label: say.houseStyle },
    ...named.toSorted((a, b) => a.label.localeCompare(b.label, wordsTag)),
  ];
};
