using Seg.Models;
using Seg.Train.Distributed;

namespace Seg.Train.Tests.Distributed;

public sealed class RankPlacementTests
{
    [Fact]
    public void One_process_alone_is_none()
    {
        Assert.Null(Read([]));
        Assert.Null(Read(new() { ["RANK"] = "0", ["WORLD_SIZE"] = "1", ["MASTER_ADDR"] = "localhost", ["MASTER_PORT"] = "29500", ["LOCAL_RANK"] = "0" }));
        Assert.Null(Read(new() { ["SLURM_PROCID"] = "0", ["SLURM_NTASKS"] = "1", ["SLURM_LOCALID"] = "0", ["SLURM_JOB_ID"] = "7" }));
        Assert.Null(Read(new() { ["RANK"] = "3" }));   // something else's
    }

    [Fact]
    public void Torchrun()
    {
        var placement = Read(new()
        {
            ["RANK"] = "3",
            ["WORLD_SIZE"] = "4",
            ["LOCAL_RANK"] = "1",
            ["LOCAL_WORLD_SIZE"] = "2",
            ["MASTER_ADDR"] = "node1",
            ["MASTER_PORT"] = "29400",
            ["TORCHELASTIC_RUN_ID"] = "x",
            ["TORCHELASTIC_USE_AGENT_STORE"] = "True",
            ["TORCHELASTIC_RESTART_COUNT"] = "2",
        });
        Assert.Equal(
            new RankPlacement
            {
                Rank = 3,
                Size = 4,
                LocalRank = 1,
                LocalSize = 2,
                Host = "node1",
                Port = 29400,
                Source = "torchrun",
                HasStore = true,
                Prefix = "seg/2/",
            },
            placement);
    }

    [Theory]
    [InlineData("gpu[07-09,12],login", "gpu07")]
    [InlineData("node1,node2", "node1")]
    [InlineData("node1", "node1")]
    [InlineData("rack[0-1]n[3,5-7]", "rack0n3")]
    [InlineData("a[003]b.cluster.org,c", "a003b.cluster.org")]
    public void Slurm_meets_on_the_first_machine(string nodes, string first)
    {
        var placement = Read(new()
        {
            ["SLURM_PROCID"] = "5",
            ["SLURM_NTASKS"] = "8",
            ["SLURM_LOCALID"] = "1",
            ["SLURM_JOB_NODELIST"] = nodes,
            ["SLURM_JOB_ID"] = "1234567",
            ["SLURM_TASKS_PER_NODE"] = "4(x2)",
        });
        Assert.Equal(new RankPlacement { Rank = 5, Size = 8, LocalRank = 1, LocalSize = 4, Host = first, Port = 15000 + 4567, Source = "Slurm" }, placement);
    }

    [Fact]
    public void Slurm_with_an_address_of_the_users()
    {
        var placement = Read(new()
        {
            ["SLURM_PROCID"] = "0",
            ["SLURM_NTASKS"] = "2",
            ["SLURM_LOCALID"] = "0",
            ["MASTER_ADDR"] = "10.0.0.1",
            ["MASTER_PORT"] = "4000",
        });
        Assert.Equal(("10.0.0.1", 4000), (placement!.Host, placement.Port));
    }

    [Fact]
    public void Kubeflow_with_one_process_a_machine()
    {
        var placement = Read(new()
        {
            ["RANK"] = "1",
            ["WORLD_SIZE"] = "2",
            ["MASTER_ADDR"] = "job-master-0",
            ["MASTER_PORT"] = "23456",
            ["PET_NNODES"] = "2",
            ["PET_NODE_RANK"] = "1",
            ["PET_NPROC_PER_NODE"] = "1",
            ["PET_MASTER_ADDR"] = "job-master-0",
            ["PET_MASTER_PORT"] = "23456",
        });
        Assert.Equal(new RankPlacement { Rank = 1, Size = 2, Host = "job-master-0", Port = 23456, Source = "Kubeflow" }, placement);
    }

    [Fact]
    public void Kubeflow_with_several_processes_a_machine_has_them_started()
    {
        Dictionary<string, string> variables = new()
        {
            ["PET_NNODES"] = "2",
            ["PET_NODE_RANK"] = "1",
            ["PET_NPROC_PER_NODE"] = "4",
            ["PET_MASTER_ADDR"] = "head",
            ["PET_MASTER_PORT"] = "29500",
        };
        Assert.Null(Read(variables));
        var plan = NodePlan.Read(variables.GetValueOrDefault);
        Assert.Equal(new NodePlan { Nodes = 2, Node = 1, Workers = 4, Host = "head", Port = 29500 }, plan);
        Assert.Equal(
            new RankPlacement { Rank = 6, Size = 8, LocalRank = 2, LocalSize = 4, Host = "head", Port = 29500, Source = "Kubeflow" }, plan!.Worker(2));
        Assert.Equal(2, NodePlan.Read(variables.GetValueOrDefault, workers: 2)!.Workers);

        // And what has been started so is a rank.
        variables["RANK"] = "6";
        variables["WORLD_SIZE"] = "8";
        variables["LOCAL_RANK"] = "2";
        variables["MASTER_ADDR"] = "head";
        variables["MASTER_PORT"] = "29500";
        Assert.Equal((6, 8), (Read(variables)!.Rank, Read(variables)!.Size));
    }

    [Fact]
    public void Kubeflow_with_a_meeting_point()
    {
        var plan = NodePlan.Read(new Dictionary<string, string>
        {
            ["PET_NNODES"] = "2:2",
            ["PET_NPROC_PER_NODE"] = "auto",
            ["RANK"] = "0",
            ["PET_RDZV_ENDPOINT"] = "job-worker-0:23456",
        }.GetValueOrDefault);
        Assert.Equal(new NodePlan { Nodes = 2, Node = 0, Workers = 1, Host = "job-worker-0", Port = 23456 }, plan);
    }

    [Theory]
    [InlineData("WORLD_SIZE=2", "RANK is not set", "as WORLD_SIZE is 2")]
    [InlineData("RANK=1 MASTER_ADDR=a", "WORLD_SIZE is not set", "as RANK is set")]
    [InlineData("WORLD_SIZE=2 RANK=0", "MASTER_ADDR is not set", "the machine of rank 0")]
    [InlineData("WORLD_SIZE=2 RANK=0 MASTER_ADDR=a", "MASTER_PORT is not set", "a free port")]
    [InlineData("WORLD_SIZE=2 RANK=2 MASTER_ADDR=a MASTER_PORT=1", "is rank 2", "numbers 0 to 1")]
    [InlineData("WORLD_SIZE=two RANK=0", "WORLD_SIZE is 'two'", "whole number")]
    [InlineData("WORLD_SIZE=2 RANK=-1 MASTER_ADDR=a MASTER_PORT=1", "RANK is '-1'", "0 or more")]
    [InlineData("WORLD_SIZE=2 RANK=0 MASTER_ADDR=a MASTER_PORT=70000", "port is 70000", "65535")]
    [InlineData("SLURM_PROCID=0 SLURM_NTASKS=2 SLURM_JOB_NODELIST=a", "SLURM_JOB_ID is not set", "the port follows")]
    [InlineData("SLURM_PROCID=0 SLURM_NTASKS=2 SLURM_JOB_ID=3", "SLURM_JOB_NODELIST is not set", "first of these machines")]
    [InlineData("PET_NNODES=1:4 PET_NODE_RANK=0", "PET_NNODES is '1:4'", "one number of machines")]
    [InlineData("PET_NNODES=2", "RANK is not set", "which machine this is")]
    [InlineData("PET_NNODES=2 PET_NODE_RANK=2 PET_MASTER_ADDR=a", "number 2 (PET_NODE_RANK)", "0 to 1")]
    [InlineData("PET_NNODES=2 PET_NODE_RANK=0", "PET_MASTER_ADDR is not set", "machine of rank 0")]
    public void Variables_that_are_missing_or_wrong_are_named(string variables, string fault, string why)
    {
        var error = Assert.Throws<InputException>(
            () => Read(variables.Split(' ').Select(variable => variable.Split('=')).ToDictionary(parts => parts[0], parts => parts[1])));
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    private static RankPlacement? Read(Dictionary<string, string> variables) => RankPlacement.Read(variables.GetValueOrDefault);
}
