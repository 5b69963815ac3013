"""What is counted, in the Prometheus text format at /metrics."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Numbers:
    """One registry an application, so that two in one process (as in tests) do not meet."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.entries = Counter("tandem_entries", "Timeline entries stored", ["kind"], registry=self.registry)
        self.turns = Counter("tandem_turns", "Turns of the assistant", ["decision"], registry=self.registry)
        self.turn_seconds = Histogram(
            "tandem_turn_seconds", "Customer message stored to answer stored", buckets=_SECONDS, registry=self.registry
        )
        self.silenced = Counter(
            "tandem_turns_silenced", "Turns dropped because a person took over meanwhile", registry=self.registry
        )
        self.rescued = Counter("tandem_rescued", "Customers that the sweeper found hanging", registry=self.registry)
        self.sockets = Gauge("tandem_sockets", "Open sockets", ["side"], registry=self.registry)
        self.frames = Counter("tandem_frames", "Frames sent over sockets", registry=self.registry)
        self.wait_estimates = Counter(
            "tandem_wait_estimates",
            "Waits for a person, by whether they took as long as was said",
            ["interval"],
            registry=self.registry,
        )
        self.overflows = Counter("tandem_socket_overflows", "Sockets told to ask again", registry=self.registry)
        self.deliveries = Counter("tandem_deliveries", "Messages given to platforms", ["outcome"], registry=self.registry)
        self.skills = Counter("tandem_skill_calls", "Calls of business systems", ["skill", "outcome"], registry=self.registry)
        self.problems = Counter("tandem_problems", "Errors told to callers", ["name"], registry=self.registry)
        self.requests = Histogram(
            "tandem_request_seconds", "HTTP requests", ["route", "status"], buckets=_SECONDS, registry=self.registry
        )

    def text(self) -> bytes:
        return generate_latest(self.registry)
