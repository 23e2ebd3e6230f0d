import { ButtonLink } from '../ui/button.tsx';
import { Select, Slider } from '../ui/field.tsx';
import { dateTime, dayAndMonth, weekdayName, weekOrder } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';
import { useRegion } from '../ui/use-region.ts';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { type Item, type Part, rowWords } from './item.ts';
import { regionChoices } from './regions.ts';
import { choiceItem, defaultOf, ownItem, switchItem } from './rows.tsx';
import { SettingRow } from './setting-row.tsx';

const { reading: say, values } = words.settings;

const ReadingSize = (part: Part) => {
  const { settings, errors, change } = part;
  const usual = values.pixels(18);
  return (
    <SettingRow {...rowWords('readingSize')} error={errors.readingSize} byDefault={defaultOf('readingSize', usual, part)}>
      {({ labelledBy, describedBy }) => (
        <span className="setting-sizes">
          <span className="serif setting-small">a</span>
          <Slider
            value={settings.readingSize}
            min={16}
            max={22}
            valueText={values.pixelsSpoken(settings.readingSize)}
            aria-labelledby={labelledBy}
            aria-describedby={describedBy}
            onChange={(readingSize) => change({ readingSize })}
          />
          <span className="serif setting-large">a</span>
          <span className="dim setting-pixels">{values.pixels(settings.readingSize)}</span>
        </span>
      )}
    </SettingRow>
  );
};

/** A number large enough to show how thousands are parted. */
const EXAMPLE_AMOUNT = 18_402.5;
const LONG_AGO = Date.UTC(2024, 9, 2, 12);

/** How this very moment and a large number are written just now. */
const Example = () => {
  const now = useNow();
  useRegion();
  return (
    <output className="setting-example" aria-label={say.exampleName}>
      {say.example(
        dateTime(now, now),
        dayAndMonth(LONG_AGO, now),
        number(EXAMPLE_AMOUNT),
        weekdayName(weekOrder()[0] ?? 1, 'long'),
      )}
    </output>
  );
};

const RegionSetting = (part: Part) => {
  const { name, help } = rowWords('region');
  return (
    <SettingRow
      name={name}
      help={
        <>
          {help} <Example />
        </>
      }
      error={part.errors.region}
      byDefault={defaultOf('region', values.asThisComputer.toLowerCase(), part)}
    >
      {({ labelledBy, describedBy }) => (
        <span className="setting-region">
          <Select
            value={part.settings.region}
            options={regionChoices(part.settings.region)}
            aria-labelledby={labelledBy}
            aria-describedby={describedBy}
            onChange={(region) => part.change({ region })}
          />
        </span>
      )}
    </SettingRow>
  );
};

/** How posts look and which of them are seen. */
export const READING_ITEMS: readonly Item[] = [
  choiceItem('appearance', 'reading', [
    { value: 'system', label: values.asTheSystem },
    { value: 'light', label: values.light },
    { value: 'dark', label: values.dark },
  ]),
  choiceItem('density', 'reading', [
    { value: 'comfortable', label: values.comfortable },
    { value: 'compact', label: values.compact },
  ]),
  ownItem('readingSize', 'reading', (part) => <ReadingSize {...part} />),
  ownItem('region', 'reading', (part) => <RegionSetting {...part} />),
  switchItem('groupDuplicates', 'reading'),
  switchItem('hideReadSources', 'reading'),
  {
    id: 'images',
    section: 'reading',
    text: `${say.images} ${say.imagesHelp}`,
    body: () => <SettingRow name={say.images} help={say.imagesHelp} />,
  },
  {
    id: 'rules',
    section: 'reading',
    text: `${say.rules} ${say.rulesHelp}`,
    body: () => (
      <SettingRow name={say.rules} help={say.rulesHelp}>
        {() => <ButtonLink href="#/rules">{say.rulesOpen}</ButtonLink>}
      </SettingRow>
    ),
  },
];
