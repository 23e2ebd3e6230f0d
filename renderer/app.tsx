import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useConnection } from './client/client-context.tsx';
import { useAction } from './client/use-action.ts';
import { useBeginning } from './client/use-beginning.ts';
import { useQuery } from './client/use-query.ts';
import { useView } from './client/use-view.ts';
import type { ViewState } from './client/view-state.ts';
import { PostsScreen } from './posts/posts-screen.tsx';
import { Announcer } from './shell/announcer.tsx';
import { Arrival } from './shell/arrival.tsx';
import { Lone, LostBand } from './shell/connection-state.tsx';
import { KeysHelp } from './shell/keys-help.tsx';
import { Notices } from './shell/notices.tsx';
import { ScreenBoundary } from './shell/screen-boundary.tsx';
import { Sidebar } from './shell/sidebar.tsx';
import { SkipLink } from './shell/skip-link.tsx';
import { isDarkNow, useAppearance } from './shell/use-appearance.ts';
import { useRuleNotices } from './shell/use-rule-notices.ts';
import { useWindowCommands } from './shell/use-window-commands.ts';
import { useWindowTitle } from './shell/use-window-title.ts';
import { useWrittenAs } from './shell/use-written-as.ts';
import { Wire } from './shell/wire.tsx';
import { LoadingBars } from './ui/loading-bars.tsx';
import { ErrorNote } from './ui/note.tsx';
import { ToastProvider } from './ui/toast.tsx';
import { words } from './words/words.ts';

const { shell: say } = words;

const HelpScreen = lazy(() => import('./help/help-screen.tsx').then((file) => ({ default: file.HelpScreen })));
const GapsScreen = lazy(() => import('./gaps/gaps-screen.tsx').then((file) => ({ default: file.GapsScreen })));
const DomainsScreen = lazy(() => import('./domains/domains-screen.tsx').then((file) => ({ default: file.DomainsScreen })));
const DigestsScreen = lazy(() => import('./digests/digests-screen.tsx').then((file) => ({ default: file.DigestsScreen })));
const HistoryScreen = lazy(() => import('./history/history-screen.tsx').then((file) => ({ default: file.HistoryScreen })));
const RulesScreen = lazy(() => import('./rules/rules-screen.tsx').then((file) => ({ default: file.RulesScreen })));
const SchedulesScreen = lazy(() =>
  import('./schedules/schedules-screen.tsx').then((file) => ({ default: file.SchedulesScreen })),
);
const SourcesScreen = lazy(() => import('./sources/sources-screen.tsx').then((file) => ({ default: file.SourcesScreen })));
const StatsScreen = lazy(() => import('./stats/stats-screen.tsx').then((file) => ({ default: file.StatsScreen })));
const SearchesScreen = lazy(() => import('./searches/searches-screen.tsx').then((file) => ({ default: file.SearchesScreen })));
const SettingsScreen = lazy(() => import('./settings/settings-screen.tsx').then((file) => ({ default: file.SettingsScreen })));
const TopScreen = lazy(() => import('./top/top-screen.tsx').then((file) => ({ default: file.TopScreen })));
const readPalette = () => import('./shell/palette/palette.tsx').then((file) => ({ default: file.Palette }));
const Palette = lazy(readPalette);
const READ_AHEAD_MS = 2000;
/** Reads the palette ahead once the first screen is there, so that the first letters typed into it are not lost. */
const useReadAhead = (): void => {
  useEffect(() => {
    const timer = setTimeout(() => void readPalette().catch(() => undefined), READ_AHEAD_MS);
    return () => clearTimeout(timer);
  }, []);
};
const FirstSteps = lazy(() => import('./welcome/first-steps.tsx').then((file) => ({ default: file.FirstSteps })));
const WelcomeScreen = lazy(() => import('./welcome/welcome-screen.tsx').then((file) => ({ default: file.WelcomeScreen })));

const screenOf = (view: ViewState): ReactNode => {
  switch (view.path[0]) {
    case 'sources':
      return view.path[1] === 'series' ? <GapsScreen /> : <SourcesScreen view={view} />;
    case 'domains':
      return <DomainsScreen view={view} />;
    case 'rules':
      return <RulesScreen view={view} />;
    case 'schedules':
      return <SchedulesScreen view={view} />;
    case 'history':
      return <HistoryScreen view={view} />;
    case 'digests':
      return <DigestsScreen view={view} />;
    case 'stats':
      return <StatsScreen view={view} />;
    case 'settings':
      return <SettingsScreen view={view} />;
    case 'top':
      return <TopScreen view={view} />;
    case 'searches':
      return <SearchesScreen />;
    case 'help':
      return <HelpScreen />;
    case 'welcome':
      return <WelcomeScreen />;
    default:
      return <PostsScreen view={view} />;
  }
};

/** What stands there while the script of a screen is read. */
const ScreenLoading = () => (
  <main className="screen screen-loading" aria-busy="true">
    <LoadingBars rows={6} label={say.loadingScreen} />
  </main>
);

/** The frame around every screen: where one can go, the screen, and the wire. */
const Shell = () => {
  const view = useView();
  const status = useQuery('app.status', {}, ['status.changed', 'runs.changed', 'runs.progress', 'schedules.changed']).data;
  const counts = useQuery('posts.counts', {}, ['posts.changed', 'sources.changed', 'searches.changed']).data;
  const sources = useQuery('sources.list', {}, ['sources.changed', 'posts.changed']).data;
  const settings = useQuery('settings.get', {}, ['settings.changed']);
  const update = useAction('settings.update');
  const connection = useConnection();
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const [isPaletteOpen, setIsPaletteOpen] = useState(false);
  useAppearance(settings.data);
  const region = useWrittenAs(settings.data?.region);
  useWindowTitle(counts?.unread ?? 0);
  useReadAhead();
  useRuleNotices();
  useWindowCommands(
    { status, settings: settings.data },
    { onKeys: () => setIsHelpOpen(true), onPalette: () => setIsPaletteOpen(true) },
  );

  if (!settings.data) {
    if (!settings.error) return <Lone state={connection} />;
    return (
      <Lone state={connection}>
        <ErrorNote error={settings.error} onRetry={settings.reload} />
      </Lone>
    );
  }
  const isWelcome = !settings.data.welcomed && view.path[0] === 'posts';
  return (
    <div className="app">
      <SkipLink isList={view.path[0] === 'posts'} />
      <Sidebar key={region} view={view} counts={counts} sources={sources} problems={status?.failingSources ?? 0} />
      <Notices status={status} isReading={view.path[0] === 'posts'} />
      {settings.data.firstSteps && view.path[0] === 'posts' && !status?.receipt && (
        <Suspense>
          <FirstSteps status={status} />
        </Suspense>
      )}
      <ScreenBoundary place={view.path.join('/')}>
        {/* Where the region is chosen, nothing remembers how it wrote, and the screen stays as it is. */}
        <Suspense key={view.path[0] === 'settings' ? '' : region} fallback={<ScreenLoading />}>
          {isWelcome ? <WelcomeScreen /> : screenOf(view)}
          <Arrival place={view.path.join('/')} />
        </Suspense>
      </ScreenBoundary>
      <Wire
        status={status}
        unread={counts?.unread ?? 0}
        onTheme={() => void update.run({ patch: { appearance: isDarkNow() ? 'light' : 'dark' } })}
      />
      {connection === 'lost' && <LostBand />}
      {isHelpOpen && <KeysHelp onClose={() => setIsHelpOpen(false)} />}
      {isPaletteOpen && (
        <Suspense>
          <Palette onClose={() => setIsPaletteOpen(false)} />
        </Suspense>
      )}
      <Announcer />
    </div>
  );
};

/** The whole page, once there is a client. */
export const App = () => {
  const connection = useConnection();
  const beginning = useBeginning();
  if (connection === 'needs-link') return <Lone state={connection} />;
  return (
    <ToastProvider>
      <Shell key={beginning} />
    </ToastProvider>
  );
};
