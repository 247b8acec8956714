"""What is told to those who watch: metrics, alert rules, dashboards; from one table of metrics."""
