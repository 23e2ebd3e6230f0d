import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Screen } from '../ui/screen.tsx';
import { words } from '../words/words.ts';

const { shell: say } = words;

type Props = { place: string; children: ReactNode };

const Broken = ({ onRetry }: { onRetry: () => void }) => (
  <Screen title={say.broken.title}>
    <div role="alert">
      <EmptyState title={say.broken.what} reason={say.broken.kept}>
        <Button look="primary" onClick={onRetry}>
          {say.broken.tryAgain}
        </Button>
        <Button onClick={() => location.reload()}>{say.broken.reload}</Button>
      </EmptyState>
    </div>
  </Screen>
);

/**
 * Keeps an error of one screen to that screen; going to another `place` tries again.
 * A class, because React catches what is thrown while drawing in no other way.
 */
export class ScreenBoundary extends Component<Props, { isBroken: boolean }> {
  override state = { isBroken: false };
  static getDerivedStateFromError = () => ({ isBroken: true });
  override componentDidUpdate(before: Props) {
    if (this.state.isBroken && before.place !== this.props.place) this.setState({ isBroken: false });
  }
  override render() {
    return this.state.isBroken ? <Broken onRetry={() => this.setState({ isBroken: false })} /> : this.props.children;
  }
}
