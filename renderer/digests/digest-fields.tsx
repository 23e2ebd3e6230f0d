import type { ReactNode } from 'react';
import type { DigestAction, DigestTone } from '../../preload/contract/digest.ts';
import { CheckBox, Segments, Switch } from '../ui/choices.tsx';
import { Field, FieldError, Select, TextInput } from '../ui/field.tsx';
import { words } from '../words/words.ts';
import { DIGEST_ACTIONS, type DigestDraft, type Late, type Wrong } from './digest-draft.ts';

const { editor: say } = words.digests;

/** What every group of fields is given. */
export type FieldsProps = {
  draft: DigestDraft;
  wrong: Wrong | undefined;
  onChange: (part: Partial<DigestDraft>) => void;
};
const errorAt = (wrong: Wrong | undefined, field: string) => (wrong?.field === field ? wrong.message : undefined);

const LATE: { value: Late; label: string }[] = [
  { value: 'ask', label: say.lateAsk },
  { value: 'two', label: say.lateTwo },
  { value: 'any', label: say.lateAny },
  { value: 'none', label: say.lateNone },
];
const TONES = (Object.keys(say.tones) as DigestTone[]).map((value) => ({ value, label: say.tones[value] }));

/** Label at the left, at the right something that is no single input. */
const Line = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="field">
    <span className="field-label">{label}</span>
    <span className="editor-line">{children}</span>
  </div>
);

const SwitchLine = ({
  label,
  isOn,
  on,
  off,
  onChange,
}: {
  label: string;
  isOn: boolean;
  on: string;
  off: string;
  onChange: (isOn: boolean) => void;
}) => (
  <Line label={label}>
    <Switch label={`${label}: ${on}`} isOn={isOn} onChange={onChange} />
    <span className="mid">{isOn ? on : off}</span>
  </Line>
);

/** What becomes of an edition whose time passed. */
export const LateField = ({ draft, onChange }: FieldsProps) => (
  <Field label={say.late}>
    {(ids) => (
      <Select
        {...ids}
        value={draft.late}
        options={draft.late === 'own' ? [{ value: 'own', label: say.lateOwn }, ...LATE] : LATE}
        onChange={(late) => onChange({ late })}
      />
    )}
  </Field>
);

/** How much goes in, and how it sounds. */
export const LimitFields = ({ draft, wrong, onChange }: FieldsProps) => {
  const number = (field: 'maxItems' | 'daysBack' | 'maxPerDomain', label: string, unit: string) => (
    <Field label={label} error={errorAt(wrong, field)}>
      {(ids) => (
        <span className="editor-line">
          <TextInput
            {...ids}
            inputMode="numeric"
            value={draft[field]}
            onChange={(event) => onChange({ [field]: event.target.value })}
          />
          <span className="mid">{unit}</span>
        </span>
      )}
    </Field>
  );
  return (
    <>
      {number('maxItems', say.maxItems, say.maxItemsUnit)}
      {number('daysBack', say.daysBack, say.daysBackUnit)}
      {number('maxPerDomain', say.perSite, say.perSiteUnit)}
      <div className="field">
        <span className="field-label">{say.tone}</span>
        <Segments label={say.tone} value={draft.tone} options={TONES} onChange={(tone) => onChange({ tone })} />
        <div className="field-help">{say.toneHelp[draft.tone]}</div>
      </div>
      <SwitchLine
        label={say.repeats}
        isOn={draft.allowRepeats}
        on={say.repeatsOn}
        off={say.repeatsOff}
        onChange={(allowRepeats) => onChange({ allowRepeats })}
      />
    </>
  );
};

/** Who gets it: how many people, and what is done when there is nothing to say. */
export const WhoFields = ({
  draft,
  onChange,
  people,
}: FieldsProps & { people: { active: number; href: string } | undefined }) => (
  <>
    <Line label={say.to}>
      {people ? (
        <>
          <span className="digest-people">{say.people(people.active)}</span>
          <a className="link" href={people.href} aria-label={say.editPeopleLabel}>
            {say.editPeople}
          </a>
        </>
      ) : (
        <span className="dim">{say.peopleAfterSave}</span>
      )}
    </Line>
    <SwitchLine
      label={say.nothingNew}
      isOn={draft.sendEmpty}
      on={say.emptyOn}
      off={say.emptyOff}
      onChange={(sendEmpty) => onChange({ sendEmpty })}
    />
  </>
);

const Tick = ({ label, isOn, onChange }: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: CheckBox holds the input
  <label className="digest-tick">
    <CheckBox isOn={isOn} onChange={onChange} />
    <span>{label}</span>
  </label>
);

/** Where an edition goes besides people. */
export const WhereFields = ({ draft, wrong, onChange }: FieldsProps) => (
  <>
    <SwitchLine
      label={say.mailIt}
      isOn={draft.mail}
      on={say.mailItOn}
      off={say.mailItOff}
      onChange={(mail) => onChange({ mail })}
    />
    <fieldset className="field">
      <legend className="field-label">{say.files}</legend>
      <span className="digest-ticks">
        <Tick label={say.eml} isOn={draft.eml} onChange={(eml) => onChange({ eml })} />
        <Tick label={say.html} isOn={draft.html} onChange={(html) => onChange({ html })} />
        <Tick label={say.feed} isOn={draft.feed} onChange={(feed) => onChange({ feed })} />
      </span>
      <div className="field-help">{say.filesHelp}</div>
    </fieldset>
    <Field label={say.webhook} help={say.webhookHelp} error={errorAt(wrong, 'webhook')}>
      {(ids) => (
        <TextInput
          {...ids}
          type="url"
          spellCheck={false}
          value={draft.webhook}
          onChange={(event) => onChange({ webhook: event.target.value })}
        />
      )}
    </Field>
  </>
);

const MORE = ['actions', 'testTo'];

/** What is rarely changed: which steps are done, and a digest that is only tried. */
export const MoreDigestFields = ({ draft, wrong, onChange }: FieldsProps) => {
  const turn = (action: DigestAction, isOn: boolean) =>
    onChange({ actions: isOn ? [...draft.actions, action] : draft.actions.filter((one) => one !== action) });
  const wrongSteps = errorAt(wrong, 'actions');
  return (
    <details className="editor-more" open={(wrong && MORE.includes(wrong.field)) || undefined}>
      <summary>{say.more}</summary>
      <div className="editor-group">
        <fieldset className="field">
          <legend className="field-label">{say.steps}</legend>
          <span className="digest-ticks">
            {DIGEST_ACTIONS.map((action) => (
              <Tick
                key={action}
                label={say.step[action]}
                isOn={draft.actions.includes(action)}
                onChange={(isOn) => turn(action, isOn)}
              />
            ))}
          </span>
          <div className="field-help">{say.stepsHelp}</div>
          {wrongSteps && <FieldError>{wrongSteps}</FieldError>}
        </fieldset>
        <SwitchLine
          label={say.testMode}
          isOn={draft.testMode}
          on={say.testModeOn}
          off={say.testModeOff}
          onChange={(testMode) => onChange({ testMode })}
        />
        <Field label={say.testTo} help={say.testToHelp} error={errorAt(wrong, 'testTo')}>
          {(ids) => (
            <TextInput
              {...ids}
              type="email"
              spellCheck={false}
              value={draft.testTo}
              onChange={(event) => onChange({ testTo: event.target.value })}
            />
          )}
        </Field>
      </div>
    </details>
  );
};
