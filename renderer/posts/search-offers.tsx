import Clock from 'lucide-react/icons/history';
import { words } from '../words/words.ts';
import type { Offer } from './use-suggestions.ts';

const { search: say } = words;

/** What could be typed next, under the field. The field has the focus and points at the chosen one. */
export const SearchOffers = ({ id, offers, chosen }: { id: string; offers: readonly Offer[]; chosen: number }) => (
  <div
    className="find-offers"
    id={id}
    role="listbox"
    aria-label={offers[0]?.kind === 'recent' ? say.field.recent : say.field.suggestions}
  >
    {offers.map((offer, at) => (
      // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus
      // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
      <div
        key={offer.key}
        id={`${id}-${at}`}
        className="find-offer"
        role="option"
        aria-selected={at === chosen}
        onPointerDown={(event) => event.preventDefault()}
        onClick={offer.take}
      >
        {offer.kind === 'recent' && <Clock />}
        <span className={offer.kind === 'forget' ? 'find-forget' : 'trunc'}>{offer.label}</span>
        {offer.posts !== undefined && <span className="find-posts">{say.field.posts(offer.posts)}</span>}
      </div>
    ))}
  </div>
);
