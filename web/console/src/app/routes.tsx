import { lazy } from "react";
import { Navigate, type RouteObject } from "react-router";
import { Gate } from "./Gate";
import { CrashPage, NotFoundPage } from "./StatePage";

const InboxPage = lazy(() => import("../inbox/InboxPage"));
const KnowledgePage = lazy(() => import("../knowledge/KnowledgePage"));
const BoardPage = lazy(() => import("../board/BoardPage"));
const ApprovalsPage = lazy(() => import("../exceptions/ApprovalsPage"));
const WorkbenchPage = lazy(() => import("../workbench/WorkbenchPage"));
const PromisePage = lazy(() => import("../promise/PromisePage"));
const TriagePage = lazy(() => import("../triage/TriagePage"));
const EvaluatePage = lazy(() => import("../evaluate/EvaluatePage"));
const UsersPage = lazy(() => import("../users/UsersPage"));
const SkillsPage = lazy(() => import("../skills/SkillsPage"));
const ChannelsPage = lazy(() => import("../channels/ChannelsPage"));
const AuditPage = lazy(() => import("../audit/AuditPage"));
const RoutingPage = lazy(() => import("../routing/RoutingPage"));

export const routes: RouteObject[] = [
  {
    path: "/",
    element: <Gate />,
    errorElement: <CrashPage />,
    children: [
      { index: true, element: <Navigate to="/inbox/mine" replace /> },
      { path: "inbox", element: <Navigate to="/inbox/mine" replace /> },
      { path: "inbox/:view/:conversation?/:details?", element: <InboxPage /> },
      { path: "knowledge/:article?", element: <KnowledgePage /> },
      { path: "board", element: <BoardPage /> },
      { path: "approvals/:tab?", element: <ApprovalsPage /> },
      { path: "workbench/:tab?", element: <WorkbenchPage /> },
      { path: "promise", element: <PromisePage /> },
      { path: "triage", element: <TriagePage /> },
      { path: "evaluate/:run?/:other?", element: <EvaluatePage /> },
      { path: "users", element: <UsersPage /> },
      { path: "skills", element: <SkillsPage /> },
      { path: "channels", element: <ChannelsPage /> },
      { path: "audit", element: <AuditPage /> },
      { path: "routing/:tab?", element: <RoutingPage /> },
      { path: "*", element: <NotFoundPage /> },
    ],
  },
];
