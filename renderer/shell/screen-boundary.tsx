import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Screen } from '../ui/screen.tsx';

type Props = { place: string; children: ReactNode };

const Broken = ({ onRetry }: { onRetry: () => void }) => (
  <Screen title="This screen could not be shown">
    <div role="alert">
      <EmptyState
        title="Something in it went wrong while it was drawn"
        reason="Nothing is lost: your posts and settings are kept, and Tidings goes on collecting. The other screens work as before."
      >
        <Button look="primary" onClick={onRetry}>
          Try again
        </Button>
        <Button onClick={() => location.reload()}>Load the window again</Button>
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
